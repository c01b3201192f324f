import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { LamplighterError } from '../lamplighter-error.ts';

const text = z.strictObject({ S: z.string() });
const number = z.strictObject({ N: z.string().regex(/^-?\d{1,20}(\.\d{1,15})?$/) });

/** An index that lists rows in the order of a number; its partition is one for all of them. */
export interface ListingIndex {
  readonly partition: readonly [attribute: string, value: string];
  readonly sortedBy: string;
}

/** Where a listing goes on, as a text for whoever asks page by page. */
export interface ListingCursor {
  readonly cursorOf: (key: Record<string, AttributeValue>) => string;
  /** @throws LamplighterError `BAD_CURSOR` for what no answer of ours held: DynamoDB would refuse it, or begin anywhere */
  readonly keyIn: (cursor: string) => Record<string, AttributeValue>;
}

/** The cursors of an index's listing, read back only where they can be of one of its pages. */
export function listingCursor({ partition: [attribute, value], sortedBy }: ListingIndex): ListingCursor {
  const Key = z.strictObject({
    pk: text,
    sk: text,
    [attribute]: z.strictObject({ S: z.literal(value) }),
    [sortedBy]: number,
  });
  return {
    cursorOf: (key) => Buffer.from(JSON.stringify(key)).toString('base64url'),
    keyIn: (cursor) => {
      try {
        return Key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString())) as Record<string, AttributeValue>;
      } catch (cause) {
        throw new LamplighterError('BAD_CURSOR', 'The cursor is none of an answer: ask without one.', { cause });
      }
    },
  };
}

/** Whether a listing was asked for with a cursor that is none: `message` says so to whoever asked. */
export const isBadCursor = (error: unknown): error is LamplighterError =>
  error instanceof LamplighterError && error.code === 'BAD_CURSOR';
