import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { LamplighterError } from '@lamplighter/lambda-kit';
import * as z from 'zod';

const text = z.strictObject({ S: z.string() });
const Key = z.strictObject({ pk: text, sk: text, everything: text, openedAt: z.strictObject({ N: z.string() }) });

export const cursorOf = (key: Record<string, AttributeValue>): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** Where a listing goes on. @throws LamplighterError `BAD_CURSOR` for what no answer of ours held */
export function keyIn(cursor: string): Record<string, AttributeValue> {
  try {
    return Key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new LamplighterError('BAD_CURSOR', 'The cursor is none of an answer: ask without one.', { cause });
  }
}
