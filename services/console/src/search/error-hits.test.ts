import { expect, test } from '@jest/globals';
import type { AuditQuery, ErrorTypeCount, FunctionWindow } from '@lamplighter/contracts';
import { aWindow } from '../../test/a-window.ts';
import { answered, NOW } from '../../test/fake-services.ts';
import type { Services } from '../ports.ts';
import { errorHits } from './error-hits.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAY = { since: NOW - DAY_MS, until: NOW };

const anError = (name: string, more: Partial<ErrorTypeCount> = {}): ErrorTypeCount => ({
  ...{ errorType: 'CardError', template: `card of ${name} refused`, count: 1 },
  ...{ fingerprint: name, exampleRequestId: `request-${name}`, ...more },
});

const functionsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    functionName: `f-${at}`,
    ...{ accountId: '123456789012', region: 'us-east-1', logGroup: `/aws/lambda/f-${at}` },
  }));

type Asked = Extract<AuditQuery, { kind: 'windows' }>;
/** An audit that tells these minutes, from the beginning of the minute that is asked for, as ingestion does. */
const told = (windows: readonly FunctionWindow[], before: (asked: Asked) => Promise<void> = async () => {}) => {
  const audit: Services['audit'] = async (query) => {
    if (query.kind !== 'windows') throw new Error(`nobody plays ${query.kind}`);
    await before(query);
    const from = query.since - (query.since % MINUTE_MS);
    return answered({
      kind: 'windows',
      windows: windows.filter(({ start }) => start >= from && start < query.until),
    });
  };
  return { audit };
};

const look = { text: 'REFUSED', functions: functionsOf(1), range: DAY, end: new AbortController().signal };

test('a time is looked through as a whole, each minute once, and the newest example is told', async () => {
  const days = 3;
  const until = NOW + 1_234;
  const first = NOW - (NOW % MINUTE_MS) - days * DAY_MS;
  const minutes = Array.from({ length: days * 24 * 60 }, (_, at) => ({
    ...aWindow('f-0', first + at * MINUTE_MS),
    errorTypes: [anError('x', { exampleRequestId: `request-${at}` })],
  }));

  expect(await errorHits(told(minutes), { ...look, range: { since: first, until } })).toEqual({
    hits: [
      {
        ...{ kind: 'error', functionName: 'f-0', requestId: `request-${minutes.length - 1}` },
        ...{ count: minutes.length, detail: 'CardError: card of x refused' },
      },
    ],
  });
});

test('of a day, the newest hours of all functions are looked through first; what there was no time for is told', async () => {
  const end = new AbortController();
  const newest = { ...aWindow('f-0', NOW - MINUTE_MS), errorTypes: [anError('new')] };
  const older = { ...aWindow('f-0', NOW - DAY_MS / 2), errorTypes: [anError('old')] };
  const services = told([older, newest], async ({ until }) => {
    if (until === NOW) return;
    await new Promise(setImmediate);
    end.abort();
    await new Promise(() => {});
  });

  const { hits, note } = await errorHits(services, { ...look, functions: functionsOf(3), end: end.signal });

  expect(hits.map((hit) => hit.kind === 'error' && hit.requestId)).toEqual(Array(3).fill('request-new'));
  expect(note).toBe('There was no time to look through all errors before 2023-11-14T16:25:00.000Z.');
});

test('of many functions a hundred are looked through, and of all years some, which is told', async () => {
  expect((await errorHits(told([]), { ...look, functions: functionsOf(101) })).note).toBe(
    'Errors were looked for in 100 of 101 functions.',
  );
  const years = { ...look, functions: functionsOf(100), range: { since: 0, until: NOW } };
  expect((await errorHits(told([]), years)).note).toContain(
    'There was no time to look through all errors before 2023-',
  );
});

test('an error that is not among the most frequent is found', async () => {
  const frequent = Array.from({ length: 20 }, (_, at) => anError(`other-${at}`, { template: 'timed out', count: 9 }));
  const windows = [{ ...aWindow('f-0', NOW - MINUTE_MS), errorTypes: [...frequent, anError('rare')] }];

  expect((await errorHits(told(windows), look)).hits).toMatchObject([{ requestId: 'request-rare' }]);
});

test('where there are no functions there is nothing to tell', async () => {
  expect(await errorHits(told([]), { ...look, functions: [], range: { since: 0, until: NOW } })).toEqual({ hits: [] });
});
