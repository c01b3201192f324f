import { hkdfSync } from 'node:crypto';
import type { ApiKeys } from '../api-ports.ts';
import type { SubjectKeys } from '../ports.ts';

const KEY_BYTES = 32;
const SUBJECT = 'api';

/** The API's keys, derived (HKDF-SHA256, RFC 5869) from one data key that KMS wraps; read once an environment. */
export function derivedApiKeys(keys: SubjectKeys): () => Promise<ApiKeys> {
  let known: Promise<ApiKeys> | undefined;
  const read = async (): Promise<ApiKeys> => {
    const root = await keys.obtain(SUBJECT);
    if (root.kind === 'erased') throw new Error('The key of the API was erased.');
    const derive = (purpose: string) =>
      new Uint8Array(hkdfSync('sha256', root.key, '', `reservation/api/${purpose}`, KEY_BYTES));
    return { cursor: derive('cursor'), change: derive('change'), card: derive('card') };
  };
  return () => {
    known ??= read().catch((error) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
