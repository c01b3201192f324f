import { expect, test } from '@jest/globals';
import type { SearchHit } from '../domain/search-hit.ts';
import type { Found } from '../ports.ts';
import { indexedTextSearch } from './indexed-text-search.ts';

const hit: SearchHit = { kind: 'finding', findingId: 'f', detail: 'd' };
const UNREAD = 'The lines of 970 of 1000 log groups were not looked through.';

/** What is found, and what is logged, where the index does this and the newest are these. */
async function searched(find: () => Promise<readonly string[]>, recent: Found = { hits: [] }) {
  const logged: unknown[] = [];
  const logger = { error: (_text: unknown, ...more: unknown[]) => void logged.push(...more) };
  return { found: await indexedTextSearch({ find }, async () => recent, logger)('anything'), logged };
}

test('an index that takes too long sleeps, and is nobody’s fault', async () => {
  const { found, logged } = await searched(late);
  expect(found.note).toContain('it sleeps');
  expect(logged).toEqual([]);
});

const late = () => Promise.reject(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));

test('an index that refuses does not sleep: its reason is logged', async () => {
  const { found, logged } = await searched(() => Promise.reject(new Error('OpenSearch answers 403')), { hits: [hit] });
  expect(found).toEqual({ hits: [hit], note: expect.stringContaining('refused or failed') });
  expect(found.note).not.toContain('sleeps');
  expect(logged).toEqual([{ error: 'Error: OpenSearch answers 403' }]);
});

test('where the index answered, what it was asked for besides is told for the time that it does not know yet', async () => {
  const { found } = await searched(async () => [JSON.stringify(hit)], { hits: [], note: UNREAD });
  expect(found.hits).toEqual([hit]);
  expect(found.note).toBe('Of the last quarter of an hour, not every log group was looked through.');
});

test('services that were not heard stay named', async () => {
  const { found } = await searched(async () => [], { hits: [], unanswered: ['analysis'] });
  expect(found).toEqual({ hits: [], unanswered: ['analysis'] });
});
