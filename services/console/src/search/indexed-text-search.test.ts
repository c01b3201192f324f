import { expect, test } from '@jest/globals';
import type { SearchHit } from '@lamplighter/contracts';
import type { Found, SearchScope } from '../ports.ts';
import { indexedTextSearch } from './indexed-text-search.ts';

const hit: SearchHit = { kind: 'finding', findingId: 'f', detail: 'd' };
const UNREAD = 'The lines of 970 of 1000 log groups were not looked through.';

/** What is found, and what is logged, where the index does this and the newest are these. */
async function searched(find: () => Promise<readonly string[]>, recent: Found = { hits: [] }, scope?: SearchScope) {
  const logged: unknown[] = [];
  const logger = { error: (_text: unknown, ...more: unknown[]) => void logged.push(...more) };
  const search = indexedTextSearch({
    index: { find },
    recent: async () => recent,
    logger,
    loggedBy: 'query-search',
    now: () => 0,
  });
  return { found: await search('anything', scope), logged };
}

test('an index that takes too long sleeps, and is nobody’s fault', async () => {
  const { found, logged } = await searched(late);
  expect(found.note).toContain('it sleeps');
  expect(logged).toEqual([]);
});

const late = () => Promise.reject(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));

test('an index that refuses does not sleep: its reason is logged', async () => {
  const { found, logged } = await searched(() => Promise.reject(new Error('OpenSearch answers 403')), { hits: [hit] });
  expect(found).toEqual({
    hits: [hit],
    note: expect.stringContaining('refused or failed, as the log of query-search tells'),
  });
  expect(found.note).not.toContain('sleeps');
  expect(logged).toEqual([{ error: 'Error: OpenSearch answers 403' }]);
});

test('where the index answered, what it was asked for besides is told for the time that it does not know yet', async () => {
  const { found } = await searched(async () => [JSON.stringify(hit)], { hits: [], note: UNREAD });
  expect(found.hits).toEqual([hit]);
  expect(found.note).toBe('Of the last quarter of an hour, not every log group was looked through.');
});

test('what is too new for the index is looked for in the last hour of what is wanted, and not where that is longer ago', async () => {
  const NOW = 10_000_000;
  const HOUR_AGO = NOW - 3_600_000;
  const asked: (SearchScope | undefined)[] = [];
  const recent = async (_text: string, scope?: SearchScope): Promise<Found> => {
    asked.push(scope);
    return { hits: [] };
  };
  const logger = { error: () => {} };
  const search = indexedTextSearch({
    index: { find: async () => [] },
    recent,
    logger,
    loggedBy: 'query-search',
    now: () => NOW,
  });

  await search('anything', { since: 0 });
  await search('anything', { since: 0, until: HOUR_AGO });
  await search('anything', { since: NOW - 1, limit: 5 });

  expect(asked).toEqual([{ since: HOUR_AGO }, { since: NOW - 1, limit: 5 }]);
});

test('of one function, that the newest of all hold not all of its lines is said beside what is too new', async () => {
  const lines = (count: number, functionName: string) =>
    Array.from({ length: count }, (_, at) => JSON.stringify({ kind: 'line', functionName, at, detail: 'paid' }));
  const noteOf = async (lineCounts: { readonly pay: number; readonly others: number }, note?: string) => {
    const told = [...lines(lineCounts.pay, 'pay'), ...lines(lineCounts.others, 'others')];
    const recent = { hits: [], ...(note !== undefined && { note }) };
    return (await searched(async () => told, recent, { functionName: 'pay' })).found.note;
  };

  expect(await noteOf({ pay: 1, others: 999 })).toContain('the newest 1,000 lines of all functions');
  expect(await noteOf({ pay: 1, others: 999 }, UNREAD)).toMatch(/all functions.*Of the last quarter of an hour/);
  expect(await noteOf({ pay: 1, others: 998 })).toBeUndefined();
  expect(await noteOf({ pay: 50, others: 950 })).toBeUndefined();
});

test('services that were not heard stay named', async () => {
  const { found } = await searched(async () => [], { hits: [], unanswered: ['analysis'] });
  expect(found).toEqual({ hits: [], unanswered: ['analysis'] });
});
