import { createHash } from 'node:crypto';
import type { LookupHash } from '../ports.ts';

/** Names a content without saying anything of it: a plain hash would confirm a guess even after an erasure. */
export const contentDigest = (bytes: Uint8Array, hash: LookupHash): Promise<string> =>
  hash('content', createHash('sha256').update(bytes).digest('hex'));
