import { expect, test } from '@jest/globals';
import type { InvocationStory } from '@lamplighter/contracts';
import { RETRIED_STORY, TIMEOUT_STORY } from '../testing/timeout-story.ts';
import type { Wanted } from './ask-search.ts';
import { searchStories } from './search-stories.ts';

async function* all(...stories: readonly InvocationStory[]): AsyncGenerator<InvocationStory> {
  yield* stories;
}
const search = (text: string, scope: Partial<Wanted> = {}) =>
  searchStories(all(TIMEOUT_STORY, RETRIED_STORY), { text, ...scope });

const [connect, paid] = RETRIED_STORY.lines;
const { requestId: orders, messages } = RETRIED_STORY.invocation;
const { requestId: storms } = TIMEOUT_STORY.invocation;
const [{ sequenceNumber } = { sequenceNumber: '' }] = messages;

test('a line by a part of it, in any case, with its request; the platform’s own are the audit’s', async () => {
  const hit = { kind: 'line', at: paid?.timestamp, functionName: 'orders', requestId: orders };
  expect(await search('PAID')).toMatchObject({ hits: [hit] });
  expect(await search('END RequestId')).toEqual({ hits: [] });
});

test('an error with how often, before the lines that told of it', async () => {
  const twice = { ...RETRIED_STORY, attempts: [...RETRIED_STORY.attempts, RETRIED_STORY.attempts[0]!] };
  expect(await searchStories(all(twice), { text: 'database is away' })).toMatchObject({
    hits: [
      { kind: 'error', functionName: 'orders', requestId: orders, count: 2, detail: 'Error: database is away' },
      { kind: 'line', at: connect?.timestamp },
    ],
  });
});

test('a request by its id, a function by a part of its name, a message with its stream or without', async () => {
  expect(await search(storms.toUpperCase())).toMatchObject({ hits: [{ kind: 'request', requestId: storms }] });
  expect(await search('order')).toMatchObject({ hits: [{ kind: 'function', functionName: 'orders' }] });
  const message = { kind: 'message', requestId: orders, sequenceNumber, detail: 'orders: success' };
  expect(await search(sequenceNumber)).toMatchObject({ hits: [message] });
  expect(await search(`orders ${sequenceNumber}`)).toMatchObject({ hits: [message] });
  expect(await search(`carts ${sequenceNumber}`)).toEqual({ hits: [] });
});

test('of a function and of a time alone', async () => {
  expect((await search('paid', { functionName: 'storms' })).hits).toEqual([]);
  expect((await search('paid', { since: paid?.timestamp })).hits).toHaveLength(1);
  expect((await search('paid', { until: paid?.timestamp })).hits).toEqual([]);
});

test('of more lines than are told the newest, and of how many', async () => {
  const many = { ...RETRIED_STORY, lines: Array.from({ length: 3_000 }, (_, at) => ({ ...paid!, timestamp: at })) };

  const { hits, note } = await searchStories(all(many), { text: 'paid', limit: 2 });

  expect(hits).toMatchObject([{ at: 2_999 }, { at: 2_998 }]);
  expect(note).toBe('The newest 2 of 3,000 lines.');
});
