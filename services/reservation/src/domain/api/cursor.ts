import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import * as z from 'zod';

const ALGORITHM = 'aes-256-gcm';
/** Of a nonce; no two cursors may have the same. */
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LIFE_MS = 3_600_000;

const contentSchema = z.strictObject({ position: z.string(), madeAtMs: z.number() });

/** What a cursor is good for: another caller's, or another list's, is as wrong as a forged one. */
export interface CursorScope {
  readonly callerId: string;
  /** Operation and its question, such as `arrivals/88001/2026-08-03`. */
  readonly list: string;
}

/** Where a list goes on, sealed (AES-256-GCM) with its scope as associated data: callers can neither read nor change it, nor use another's. */
export function sealCursor(
  position: string,
  options: {
    readonly key: Uint8Array;
    readonly scope: CursorScope;
    readonly nowMs: number;
    readonly nonce: Uint8Array;
  },
): string {
  const { key, scope, nowMs, nonce } = options;
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(associated(scope));
  const sealed = [cipher.update(JSON.stringify({ position, madeAtMs: nowMs })), cipher.final()];
  return Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]).toString('base64url');
}

/** The position of a cursor; undefined for one that is forged, foreign or older than an hour. */
export function openCursor(
  cursor: string,
  options: { readonly key: Uint8Array; readonly scope: CursorScope; readonly nowMs: number },
): string | undefined {
  const { key, scope, nowMs } = options;
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return undefined;
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(associated(scope)).setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString();
    const { position, madeAtMs } = contentSchema.parse(JSON.parse(text));
    return nowMs - madeAtMs <= LIFE_MS ? position : undefined;
  } catch {
    // Whatever was tried, it is not one of ours.
    return undefined;
  }
}

const associated = ({ callerId, list }: CursorScope): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([callerId, list]))
    .digest();
