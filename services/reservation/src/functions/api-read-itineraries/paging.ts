import { randomBytes } from 'node:crypto';
import type { ApiKeys } from '../../api-ports.ts';
import { type CursorScope, NONCE_BYTES, openCursor, sealCursor } from '../../domain/api/cursor.ts';

export interface PagingDeps {
  readonly keys: () => Promise<ApiKeys>;
  readonly now: () => number;
}

/** Where a list goes on for this caller; `isForeign` for a cursor that was not made for it. */
export async function startOf(
  cursor: string | undefined,
  scope: CursorScope,
  { keys, now }: PagingDeps,
): Promise<{ readonly isForeign: boolean; readonly start?: string }> {
  if (cursor === undefined) return { isForeign: false };
  const start = openCursor(cursor, { key: (await keys()).cursor, scope, nowMs: now() });
  return start === undefined ? { isForeign: true } : { isForeign: false, start };
}

/** The cursor of the next page, if there is one. */
export async function nextCursor(next: string | undefined, scope: CursorScope, { keys, now }: PagingDeps) {
  if (next === undefined) return {};
  const nonce = randomBytes(NONCE_BYTES);
  return { nextCursor: sealCursor(next, { key: (await keys()).cursor, scope, nowMs: now(), nonce }) };
}
