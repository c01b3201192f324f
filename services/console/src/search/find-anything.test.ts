import { expect, test } from '@jest/globals';
import type { AuditAnswer, AuditQuery } from '@lamplighter/contracts';
import { aWindow } from '../../test/a-window.ts';
import { answered, fakeServices, finding, NOW } from '../../test/fake-services.ts';
import type { Services } from '../ports.ts';
import { embeddedTextSearch } from './embedded-text-search.ts';
import { findAnything } from './find-anything.ts';

const REQUEST = '5a52c12f-9d3b-4b9f-9a35-0d4d4a1c7b01';
const place = { accountId: '123456789012', region: 'us-east-1' };

const CARD_ERROR = {
  ...{ errorType: 'CardError', fingerprint: 'f', template: 'card of <n> refused' },
  ...{ count: 4, exampleRequestId: REQUEST },
};

const audit = async (query: AuditQuery) => answered(answerTo(query));

function answerTo(query: AuditQuery): AuditAnswer {
  switch (query.kind) {
    case 'functions':
      return {
        kind: 'functions',
        functions: [{ functionName: 'shop-pay', ...place, logGroup: '/aws/lambda/shop-pay' }],
      };
    case 'windows':
      return { kind: 'windows', windows: [{ ...aWindow('shop-pay', NOW - 60_000), errorTypes: [CARD_ERROR] }] };
    case 'by-sequence':
      return query.stream === 'orders' && query.sequenceNumber === '49613'
        ? {
            kind: 'messages',
            messages: [
              {
                stream: 'orders',
                sequenceNumber: '49613',
                requestId: REQUEST,
                functionName: 'shop-pay',
                status: 'error',
              },
            ],
          }
        : { kind: 'messages', messages: [] };
    case 'by-function':
      return { kind: 'invocations', invocations: [invocation] };
    case 'by-request':
      return query.requestId === REQUEST
        ? { kind: 'story', story: { invocation, attempts: [], lines: [], linesOmitted: 0 } }
        : { kind: 'not-found', nearest: [] };
    default:
      return { kind: 'invalid-query', reason: 'not asked for here' };
  }
}

const invocation = {
  requestId: REQUEST,
  functionName: 'shop-pay',
  ...place,
  logGroup: '/aws/lambda/shop-pay',
  logStream: 's',
  coldStart: false,
  status: 'error' as const,
  errorMessage: 'card refused',
  messages: [{ stream: 'orders', sequenceNumber: '49613' }],
  logLines: 3,
  attempts: 1,
  missing: [],
};

const services = fakeServices({ audit, findings: async () => answered({ kind: 'findings', findings: [finding] }) });
const nowhere = async () => ({ lines: [], unread: 0, inPart: 0 });
const time = { auditMs: 60_000, now: () => NOW };
const searchOver = (over: Services) =>
  findAnything(
    over,
    embeddedTextSearch(over, nowhere, () => NOW),
    time,
  );
const search = async (text: string) => (await searchOver(services)(text)).hits;

test('a request id leads to its request', async () => {
  expect(await search(REQUEST.toUpperCase())).toEqual([
    { kind: 'request', requestId: REQUEST, functionName: 'shop-pay', detail: 'error: card refused' },
  ]);
});

test('a request id that nobody knows is not found', async () => {
  expect(await searchOver(services)('5a52c12f-9d3b-4b9f-9a35-0d4d4a1c7b02')).toEqual({ hits: [] });
});

test('where the audit does not say whether there is a request, nothing is called not found', async () => {
  const failing = fakeServices({ audit: async () => ({ kind: 'failed', reason: 'query-audit: Throttled' }) });
  await expect(searchOver(failing)(REQUEST)).rejects.toThrow('query-audit: Throttled');
});

test('services that do not answer are named, each once, beside what the others know', async () => {
  const failed = async () => ({ kind: 'failed' as const, reason: 'TooManyRequestsException' });
  expect(await searchOver({ ...services, findings: failed })('pay')).toEqual({
    hits: [expect.objectContaining({ kind: 'function', functionName: 'shop-pay' })],
    unanswered: ['analysis'],
  });
  expect(await searchOver({ ...services, audit: failed })('reservation-mobile')).toEqual({
    hits: [expect.objectContaining({ kind: 'finding' })],
    unanswered: ['ingestion'],
  });
});

test('a service of an older release has not looked', async () => {
  const older = async () => answered({ kind: 'invalid-query' as const, reason: 'no query' });
  expect(await searchOver({ ...services, findings: older })('nothing')).toEqual({ hits: [], unanswered: ['analysis'] });
});

test('an order number that looks like a request id is found in lines and errors', async () => {
  const order = '0b0e5f2c-4c1e-4f5a-8a0e-7a3f1d2c9e44';
  const line = { functionName: 'shop-pay', at: NOW, message: `order ${order} is being paid` };
  const written = async (_groups: unknown, text: string) => ({
    lines: [line].filter(({ message }) => message.includes(text)),
    unread: 0,
    inPart: 0,
  });
  const text = embeddedTextSearch(services, written, () => NOW);

  const { hits } = await findAnything(services, text, time)(order);

  expect(hits).toEqual([expect.objectContaining({ kind: 'line', functionName: 'shop-pay' })]);
});

test.each(['orders 49613', '49613'])('a message is found by %j', async (text) => {
  expect(await search(text)).toContainEqual({
    kind: 'message',
    requestId: REQUEST,
    stream: 'orders',
    sequenceNumber: '49613',
    detail: 'shop-pay: error',
  });
});

test('an error is found by a part of its text or type, in any case', async () => {
  const hit = {
    kind: 'error',
    functionName: 'shop-pay',
    requestId: REQUEST,
    count: 4,
    detail: 'CardError: card of <n> refused',
  };
  expect(await search('REFUSED')).toEqual([hit]);
  expect(await search('carderror')).toEqual([hit]);
});

test('a function by a part of its name, and what was found of it', async () => {
  expect((await search('pay')).map(({ kind }) => kind)).toEqual(['function']);
  expect((await search('reservation-mobile')).map(({ kind }) => kind)).toEqual(['finding']);
});

test('where nothing is deployed, nothing is found', async () => {
  expect(await searchOver(fakeServices())('anything')).toEqual({ hits: [] });
});

test('a time is what is asked for: lines, and findings that were open in it', async () => {
  const asked: unknown[] = [];
  const over = fakeServices({
    audit,
    findings: async () =>
      answered({ kind: 'findings', findings: [{ ...finding, state: 'resolved', resolvedAt: finding.openedAt + 1 }] }),
  });
  const lines = async (_groups: unknown, _text: string, { since, until }: { since: number; until: number }) => {
    asked.push([since, until]);
    return { lines: [], unread: 0, inPart: 0 };
  };
  const text = embeddedTextSearch(over, lines, () => NOW);
  const after = { since: finding.openedAt + 2, until: NOW - 1_000 };

  expect(await text(finding.title, after)).toEqual({ hits: [] });
  expect((await text(finding.title, { since: finding.openedAt })).hits).toMatchObject([{ kind: 'finding' }]);

  expect(asked[0]).toEqual([after.since, after.until]);
});

test('errors are looked for in the whole time, whatever text search is deployed', async () => {
  const asked: number[] = [];
  const over = fakeServices({
    audit: async (query) => {
      if (query.kind === 'windows') asked.push(query.since);
      return audit(query);
    },
  });
  const search = findAnything(over, async () => ({ hits: [] }), time);

  expect((await search('refused', { since: NOW - 3 * 86_400_000 })).hits).toMatchObject([{ kind: 'error' }]);
  expect(Math.min(...asked)).toBe(NOW - 3 * 86_400_000);
});

test('an audit that does not come to an end costs no line that was found, and is told', async () => {
  const line = { kind: 'line', functionName: 'shop-pay', at: NOW, detail: 'order 49613 is paid' } as const;
  const over = fakeServices({
    audit: async (query) => (query.kind === 'functions' ? audit(query) : new Promise<never>(() => {})),
  });

  const search = findAnything(over, async () => ({ hits: [line] }), { ...time, auditMs: 1 });
  const { hits, note } = await search('49613');

  expect(hits).toEqual([line]);
  expect(note).toContain('no time to look for the message in all streams');
  expect(note).toContain('no time to look through all errors before');
  expect((await search('orders 49613')).note).toContain('no time to look for the message.');
});

test('a function that was never seen is told apart from one that wrote nothing of it', async () => {
  const named = (functionName: string) =>
    findAnything(services, async () => ({ hits: [] }), time)('leftovers', { functionName });

  expect(await named('shop-pay')).toEqual({ hits: [] });
  expect(await named('shop-apy')).toEqual({ hits: [], note: 'No function shop-apy was ever seen.' });
});

test('log groups that could not be read are said', async () => {
  const unread = embeddedTextSearch(
    services,
    async () => ({ lines: [], unread: 1, inPart: 0 }),
    () => NOW,
  );
  expect((await unread('anything')).note).toBe('The lines of 1 of 1 log groups were not looked through.');
});

test('log groups that were read in part are said', async () => {
  const inPart = embeddedTextSearch(
    services,
    async () => ({ lines: [], unread: 0, inPart: 1 }),
    () => NOW,
  );
  expect((await inPart('anything')).note).toContain('Those of 1 were looked through only in part');
});
