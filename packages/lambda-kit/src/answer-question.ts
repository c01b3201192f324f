import type * as z from 'zod';
import { isBadCursor } from './adapters/listing-cursor.ts';

interface InvalidQuery {
  readonly kind: 'invalid-query';
  readonly reason: string;
}

/** Answers what was asked where it is one of the questions; else, and where its cursor is no listing's, says why there is no answer. */
export async function answerQuestion<Query, Answer>(
  questions: z.ZodType<Query>,
  asked: unknown,
  answer: (query: Query) => Promise<Answer>,
): Promise<Answer | InvalidQuery> {
  const parsed = questions.safeParse(asked);
  if (!parsed.success) return { kind: 'invalid-query', reason: parsed.error.issues[0]?.message ?? 'no query' };
  try {
    return await answer(parsed.data);
  } catch (error) {
    if (isBadCursor(error)) return { kind: 'invalid-query', reason: error.message };
    throw error;
  }
}
