import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import type { Cipher } from '../ports.ts';

const ALGORITHMS = { alg: 'dir', enc: 'A256GCM' } as const;
/** How a compact JWE begins: `{"` in base64url. */
const JWE_START = 'eyJ';

/**
 * JSON Web Encryption (RFC 7516), compact, AES-256-GCM with the key used directly. The protected header, which is
 * authenticated, names the key (`kid`) and the place that the text belongs to (`plc`).
 */
export const jweCipher: Cipher = {
  seal: (text, { key, keyId, place }) =>
    new CompactEncrypt(typeof text === 'string' ? Buffer.from(text, 'utf8') : text)
      .setProtectedHeader({ ...ALGORITHMS, kid: keyId, plc: place })
      .encrypt(key),

  async open(sealed, { key, place }) {
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: [ALGORITHMS.alg],
      contentEncryptionAlgorithms: [ALGORITHMS.enc],
    });
    if (protectedHeader.plc !== place) throw new RangeError('A sealed text stands in another place than its own.');
    return plaintext;
  },

  keyIdOf(sealed) {
    if (!sealed.startsWith(JWE_START)) return undefined;
    try {
      return decodeProtectedHeader(sealed).kid as string | undefined;
    } catch {
      return undefined;
    }
  },
};
