import { createHash } from 'node:crypto';

/** One key for one effect: the SHA-256 (hex) of its parts, each preceded by its length, so that `('ab','c')` and `('a','bc')` differ. */
export function idempotencyKey(...parts: readonly (string | number | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = part instanceof Uint8Array ? part : Buffer.from(String(part), 'utf8');
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest('hex');
}
