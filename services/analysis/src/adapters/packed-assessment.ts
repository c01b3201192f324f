import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { migrateFunctionState } from '@lamplighter/diagnosis';
import type { StoredAssessment } from '../ports.ts';

/** What a broken item may unpack to at most. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Brotli: a quarter smaller than gzip here, since the two states in it repeat each other far apart. A write costs by the kilobyte. */
export function packAssessment(stored: StoredAssessment): Uint8Array {
  const text = Buffer.from(JSON.stringify(stored));
  return brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
  });
}

/** An assessment of another version, or broken, is none: it must not hold its function up for ever. */
export function unpackAssessment(packed: Uint8Array): {
  readonly stored?: StoredAssessment;
  readonly problem?: string;
} {
  try {
    const text = brotliDecompressSync(packed, { maxOutputLength: MOST_BYTES }).toString();
    const stored = JSON.parse(text) as StoredAssessment;
    return { stored: { ...stored, state: migrateFunctionState(stored.state) } };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}
