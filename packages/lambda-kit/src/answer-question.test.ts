import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { listingCursor } from './adapters/listing-cursor.ts';
import { answerQuestion } from './answer-question.ts';

const QUESTIONS = z.object({ kind: z.literal('recent'), cursor: z.string().optional() });
const { keyIn } = listingCursor({ partition: ['everything', 'alerts'], sortedBy: 'openedAt' });

test('a question gets its answer', async () => {
  expect(await answerQuestion(QUESTIONS, { kind: 'recent' }, async ({ kind }) => ({ kind }))).toEqual({
    kind: 'recent',
  });
});

test.each([
  ['what is no question', { kind: 'oldest' }, /expected "recent"/],
  ['a cursor that is none of an answer', { kind: 'recent', cursor: 'e30' }, /none of an answer/],
])('%s is told so, with the reason', async (_, asked, reason) => {
  const answered = await answerQuestion(QUESTIONS, asked, async ({ cursor }) => ({
    kind: 'page',
    from: keyIn(cursor ?? ''),
  }));

  expect(answered).toEqual({ kind: 'invalid-query', reason: expect.stringMatching(reason) });
});

test('an answer that fails for another reason fails', async () => {
  const failing = answerQuestion(QUESTIONS, { kind: 'recent' }, async () => {
    throw new Error('no table');
  });

  await expect(failing).rejects.toThrow('no table');
});
