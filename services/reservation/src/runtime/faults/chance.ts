import { createHash } from 'node:crypto';

const TWO_32 = 2 ** 32;

/** Whether a fault of so many percent hits: drawn from the seed and what it may hit, so that a rerun meets the same. */
export function isHit(pct: number, seed: number, ...of: readonly (string | number)[]): boolean {
  const digest = createHash('sha256')
    .update([seed, ...of].join('\n'))
    .digest();
  return digest.readUInt32BE() / TWO_32 < pct / 100;
}
