import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ApiError } from '../../core/service.ts';

export type EncryptionContext = Readonly<Record<string, string>>;

/** First byte of every blob: tells it from what something else encrypted. */
const FORMAT = 0x01;
const KEY_ID_BYTES = 36;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;

/** AES-256-GCM under a key's material, the encryption context bound as additional data; the blob names its key in the clear. */
export function seal(keyId: string, material: Buffer, plaintext: Buffer, context: EncryptionContext): Buffer {
  const header = Buffer.concat([Buffer.from([FORMAT]), Buffer.from(keyId, 'latin1')]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', material, nonce).setAAD(boundData(header, context));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), sealed]);
}

/** Id of the key that a blob names; throws `InvalidCiphertextException` where it is no blob of ours. */
export function keyIdOf(blob: Buffer): string {
  if (blob[0] !== FORMAT || blob.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES) throw invalidCiphertext();
  return blob.toString('latin1', 1, HEADER_BYTES);
}

/** Throws `InvalidCiphertextException` where blob, key or context are not those of {@link seal}. */
export function open(material: Buffer, blob: Buffer, context: EncryptionContext): Buffer {
  const nonce = blob.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
  const tag = blob.subarray(HEADER_BYTES + NONCE_BYTES, HEADER_BYTES + NONCE_BYTES + TAG_BYTES);
  const sealed = blob.subarray(HEADER_BYTES + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', material, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundData(blob.subarray(0, HEADER_BYTES), context)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}

/** KMS gives no reason: not even which of blob, key and context is wrong. */
export const invalidCiphertext = (): ApiError => new ApiError('InvalidCiphertextException', '');

/** The context counts whatever the order of its pairs. */
function boundData(header: Buffer, context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([header, Buffer.from(JSON.stringify(pairs))]);
}
