import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { InvocationStory } from '@lamplighter/contracts';
import { RETRIED_STORY, TIMEOUT_STORY } from '../../testing/timeout-story.ts';
import { collectAll } from '../collect-all.ts';
import { findStory } from '../find-story.ts';
import { storeStories } from './store-stories.ts';
import { storedAuditSource, storedStories } from './stored-stories.ts';

let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'lamplighter-stories-'));
});
afterEach(() => rm(place, { recursive: true }));

async function* all(...stories: readonly InvocationStory[]): AsyncGenerator<InvocationStory> {
  yield* stories;
}

describe('stored stories', () => {
  test('are found by request id, by function and time, by stream and sequence number', async () => {
    const folder = join(place, 'replay');
    await storeStories(folder, all(TIMEOUT_STORY, RETRIED_STORY));

    const source = await storedAuditSource(folder);

    const { requestId, startedAt = 0 } = TIMEOUT_STORY.invocation;
    const summary = RETRIED_STORY.invocation;
    expect(await source.ask({ kind: 'by-request', requestId })).toEqual({ kind: 'story', story: TIMEOUT_STORY });
    expect(await source.ask({ kind: 'by-function', functionName: 'storms', since: startedAt })).toMatchObject({
      invocations: [{ requestId }],
    });
    expect(await source.ask({ kind: 'by-function', functionName: 'storms', since: startedAt + 1 })).toMatchObject({
      invocations: [],
    });
    expect(await source.ask({ kind: 'by-sequence', stream: 'orders' })).toMatchObject({
      messages: [{ requestId: summary.requestId, status: 'success' }],
    });
    expect(await source.ask({ kind: 'by-sequence', stream: 'orders', sequenceNumber: '1' })).toMatchObject({
      messages: [],
    });
  });

  test('are given page by page where a limit is named', async () => {
    const folder = join(place, 'replay');
    const named = (requestId: string) => ({
      ...TIMEOUT_STORY,
      invocation: { ...TIMEOUT_STORY.invocation, requestId },
    });
    await storeStories(folder, all(named('a'), named('b'), named('c')));
    const source = await storedAuditSource(folder);
    const query = { kind: 'by-function', functionName: 'storms', limit: 2 } as const;

    const first = await source.ask(query);
    expect(first).toMatchObject({ invocations: [{ requestId: 'a' }, { requestId: 'b' }], cursor: expect.any(String) });
    const cursor = first.kind === 'invocations' ? first.cursor : undefined;
    const last = await source.ask({ ...query, cursor });
    expect(last).toMatchObject({ invocations: [{ requestId: 'c' }] });
    expect(last).not.toHaveProperty('cursor');
  });

  test('the beginning of a request id is enough where only one begins so', async () => {
    await storeStories(place, all(TIMEOUT_STORY, RETRIED_STORY));
    const source = await storedAuditSource(place);

    expect(await findStory(source, '7c95')).toMatchObject({ kind: 'story', story: TIMEOUT_STORY });
    expect(await findStory(source, '7C95')).toMatchObject({ kind: 'story', story: TIMEOUT_STORY });
    expect(await findStory(source, '7c9567b5-107b-4a6c-0000-000000000000')).toEqual({
      kind: 'not-found',
      nearest: [TIMEOUT_STORY.invocation.requestId],
    });
  });

  test('a replay that fails half-way leaves the one before it as it was', async () => {
    const folder = join(place, 'replay');
    await storeStories(folder, all(TIMEOUT_STORY));
    async function* failing(): AsyncGenerator<InvocationStory> {
      yield RETRIED_STORY;
      throw new Error('power cut');
    }

    await expect(storeStories(folder, failing())).rejects.toThrow('power cut');

    expect(await findStory(await storedAuditSource(folder), '7c95')).toMatchObject({ kind: 'story' });
    expect(await readdir(place)).toEqual(['replay']);
  });

  test('a text that holds line separators of its own stays one', async () => {
    const errorMessage = 'first\u2028second\u2029third\u0085fourth\nfifth\r\nsixth';
    const invocation = { ...TIMEOUT_STORY.invocation, errorMessage };
    await storeStories(place, all({ ...TIMEOUT_STORY, invocation }, RETRIED_STORY));

    expect(await collectAll(storedStories(place))).toEqual([{ ...TIMEOUT_STORY, invocation }, RETRIED_STORY]);
    expect(await (await storedAuditSource(place)).ask({ kind: 'by-function', functionName: 'storms' })).toEqual({
      kind: 'invocations',
      invocations: [invocation],
    });
  });

  test('without any replay there is a way out', async () => {
    await expect(storedAuditSource(join(place, 'nothing'))).rejects.toMatchObject({ code: 'no-replay' });
    await expect(collectAll(storedStories(join(place, 'nothing')))).rejects.toMatchObject({ code: 'no-replay' });
  });
});
