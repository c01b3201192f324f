import { createHash } from 'node:crypto';
import type { FunctionWindow } from '@lamplighter/contracts';
import { canonicalJson } from '../canonical-json.ts';

/** What is known of a function's minute: when it is closed next, and what was published of it last. */
export interface WindowRecord {
  readonly minute: number;
  /** A closing will begin, or has begun, not before; epoch milliseconds. */
  readonly dueAt?: number;
  readonly revision?: number;
  /** {@link figuresHash} of the revision. */
  readonly hash?: string;
  /** The revision was taken and perhaps not published yet. */
  readonly isPending?: boolean;
  /** The revision is what the audit told at this time; epoch milliseconds. */
  readonly readAt?: number;
}

/** Whether the revision is still what the audit tells: nothing that changed since is waiting for a closing. */
export function isCurrent({ readAt, dueAt = 0 }: Pick<WindowRecord, 'readAt' | 'dueAt'>): boolean {
  return readAt !== undefined && readAt >= dueAt;
}

/** A window and the revision it is published as. */
export interface RevisedWindow {
  readonly revision: number;
  readonly figures: FunctionWindow;
}

/** A minute as it was closed. */
export interface ClosedWindow {
  readonly figures: FunctionWindow;
  /** Of its invocations, those that the audit has from beginning to end: what CloudWatch counts. */
  readonly whole: number;
}

/** Equal figures, equal hash. */
export function figuresHash(figures: FunctionWindow): string {
  return createHash('sha256').update(canonicalJson(figures)).digest('base64url').slice(0, 22);
}

export type RecordVerdict =
  | { readonly kind: 'unchanged'; readonly revision: number }
  /** It was taken before and may never have been published: publish it again as it is. */
  | { readonly kind: 'unpublished'; readonly revision: number }
  | { readonly kind: 'changed'; readonly revision: number; readonly over: number | undefined };

/** What is to be done with figures, given what was published before. */
export function judgeFigures(figures: FunctionWindow, record: WindowRecord | undefined): RecordVerdict {
  const { revision, hash, isPending } = record ?? {};
  if (revision === undefined) return { kind: 'changed', revision: 0, over: undefined };
  if (hash !== figuresHash(figures)) return { kind: 'changed', revision: revision + 1, over: revision };
  return isPending ? { kind: 'unpublished', revision } : { kind: 'unchanged', revision };
}
