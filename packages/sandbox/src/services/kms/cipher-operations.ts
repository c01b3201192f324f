import { randomBytes } from 'node:crypto';
import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import { ApiError } from '../../core/service.ts';
import { type EncryptionContext, invalidCiphertext, keyIdOf, open, seal } from './ciphertext-blob.ts';
import { onKey } from './key-permission.ts';
import { assertUsable, type Key, type KeyStore } from './key-store.ts';
import { ALGORITHM, bytes, type KeyInput, pairs } from './kms-input.ts';

interface EncryptInput extends KeyInput {
  readonly Plaintext: string;
  readonly EncryptionContext?: EncryptionContext;
}
interface DecryptInput {
  readonly CiphertextBlob: string;
  readonly KeyId?: string;
  readonly EncryptionContext?: EncryptionContext;
}
interface DataKeyInput extends KeyInput {
  readonly KeySpec?: 'AES_256' | 'AES_128';
  readonly NumberOfBytes?: number;
  readonly EncryptionContext?: EncryptionContext;
}

/** KMS encrypts at most 4 KB itself: what is larger is encrypted under a data key. */
const LARGEST_PLAINTEXT_BYTES = 4096;

/** Encrypt, Decrypt and data keys. */
export function cipherOperations(keys: KeyStore): Readonly<Record<string, JsonOperation>> {
  return {
    Encrypt: {
      permissions: (input: EncryptInput) => [onKey('Encrypt', keys.get(input.KeyId), pairs(input.EncryptionContext))],
      handle: (input: EncryptInput) => {
        const key = keys.get(input.KeyId);
        const blob = encrypt(key, bytes(input.Plaintext, 'Plaintext'), pairs(input.EncryptionContext));
        return { CiphertextBlob: blob.toString('base64'), KeyId: key.arn, EncryptionAlgorithm: ALGORITHM };
      },
    },
    Decrypt: {
      permissions: (input: DecryptInput) => [onKey('Decrypt', keyOfBlob(keys, input), pairs(input.EncryptionContext))],
      handle: (input: DecryptInput) => {
        const key = keyOfBlob(keys, input);
        const plaintext = decrypt(key, bytes(input.CiphertextBlob, 'CiphertextBlob'), pairs(input.EncryptionContext));
        return { Plaintext: plaintext.toString('base64'), KeyId: key.arn, EncryptionAlgorithm: ALGORITHM };
      },
    },
    GenerateDataKey: {
      permissions: (input: DataKeyInput) => [
        onKey('GenerateDataKey', keys.get(input.KeyId), pairs(input.EncryptionContext)),
      ],
      handle: (input: DataKeyInput) => {
        const { plaintext, ...sealed } = dataKey(keys, input);
        return { ...sealed, Plaintext: plaintext.toString('base64') };
      },
    },
    GenerateDataKeyWithoutPlaintext: {
      permissions: (input: DataKeyInput) => [
        onKey('GenerateDataKeyWithoutPlaintext', keys.get(input.KeyId), pairs(input.EncryptionContext)),
      ],
      handle: (input: DataKeyInput) => {
        const { plaintext: _, ...sealed } = dataKey(keys, input);
        return sealed;
      },
    },
  };
}

/** Encrypts up to 4 KB under a usable key. */
export function encrypt(key: Key, plaintext: Buffer, encryptionContext: EncryptionContext): Buffer {
  assertUsable(key);
  if (plaintext.length < 1 || plaintext.length > LARGEST_PLAINTEXT_BYTES) {
    throw new ApiError('ValidationException', `Plaintext must have between 1 and ${LARGEST_PLAINTEXT_BYTES} bytes.`);
  }
  return seal(key.id, key.material, plaintext, encryptionContext);
}

export function decrypt(key: Key, blob: Buffer, encryptionContext: EncryptionContext): Buffer {
  assertUsable(key);
  return open(key.material, blob, encryptionContext);
}

/** The key that a blob names; a caller who names another one is told so. */
export function keyOfBlob(keys: KeyStore, input: DecryptInput): Key {
  const id = keyIdOf(bytes(input.CiphertextBlob, 'CiphertextBlob'));
  const key = keys.list().find((one) => one.id === id);
  if (!key) throw invalidCiphertext();
  if (input.KeyId === undefined || keys.get(input.KeyId) === key) return key;
  throw new ApiError(
    'IncorrectKeyException',
    'The key ID in the request does not identify a CMK that can perform this operation.',
  );
}

function dataKey(keys: KeyStore, input: DataKeyInput) {
  const key = keys.get(input.KeyId);
  const length = input.NumberOfBytes ?? (input.KeySpec === 'AES_128' ? 16 : 32);
  if ((input.KeySpec === undefined) === (input.NumberOfBytes === undefined) || length < 1 || length > 1024) {
    throw new ApiError('ValidationException', 'Name either KeySpec or NumberOfBytes, which is between 1 and 1024.');
  }
  const plaintext = randomBytes(length);
  const blob = encrypt(key, plaintext, pairs(input.EncryptionContext));
  return { plaintext, CiphertextBlob: blob.toString('base64'), KeyId: key.arn };
}
