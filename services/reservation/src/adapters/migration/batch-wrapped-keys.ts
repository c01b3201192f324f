import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What a key is of; authenticated with it. */
interface KeyContext {
  readonly subject: string;
  readonly generation: number;
}

/** A key that wraps others in this process, and how KMS wrapped it. */
export interface BatchKey {
  readonly key: Uint8Array;
  readonly wrapped: Uint8Array;
  readonly of: KeyContext;
}

/** A data key as it is stored: wrapped by a batch's key, with what is needed to unwrap that one. */
export interface BatchWrapped {
  readonly batch: KeyContext;
  readonly wrappedBatchKey: Uint8Array;
  /** Nonce, sealed key, tag. */
  readonly sealed: Uint8Array;
}

/** How such a text begins; what KMS gives begins otherwise. */
const MAGIC = Buffer.from('LBK1');
const LENGTH_BYTES = 2;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/**
 * A fresh data key, wrapped by a batch's key (AES-256-GCM). It is random, not derived from the batch's key: without the
 * stored text nobody can make it again, so deleting that is still to erase what the data key sealed.
 */
export function newBatchWrapped(
  batch: BatchKey,
  of: KeyContext,
): { readonly key: Uint8Array; readonly wrapped: Uint8Array } {
  const key = randomBytes(KEY_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', batch.key, nonce).setAAD(authenticated(of));
  const sealed = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  const name = Buffer.from(JSON.stringify([batch.of.subject, batch.of.generation]));
  return { key, wrapped: Buffer.concat([MAGIC, lengthOf(name), name, lengthOf(batch.wrapped), batch.wrapped, sealed]) };
}

/** Undefined for what is wrapped in another way. */
export function readBatchWrapped(wrapped: Uint8Array): BatchWrapped | undefined {
  const bytes = Buffer.from(wrapped.buffer, wrapped.byteOffset, wrapped.byteLength);
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const nameEnd = MAGIC.length + LENGTH_BYTES + bytes.readUInt16BE(MAGIC.length);
  const keyEnd = nameEnd + LENGTH_BYTES + bytes.readUInt16BE(nameEnd);
  const name = bytes.subarray(MAGIC.length + LENGTH_BYTES, nameEnd).toString('utf8');
  const [subject, generation] = JSON.parse(name) as [string, number];
  return {
    batch: { subject, generation },
    wrappedBatchKey: bytes.subarray(nameEnd + LENGTH_BYTES, keyEnd),
    sealed: bytes.subarray(keyEnd),
  };
}

/** Throws where it was tampered with, or is of another subject or generation. */
export function openBatchWrapped({ sealed }: BatchWrapped, batchKey: Uint8Array, of: KeyContext): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', batchKey, sealed.subarray(0, NONCE_BYTES))
    .setAAD(authenticated(of))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}

const authenticated = ({ subject, generation }: KeyContext): Buffer => Buffer.from(`${subject}:${generation}`);

function lengthOf(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(bytes.length);
  return length;
}
