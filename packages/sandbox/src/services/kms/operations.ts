import { randomBytes } from 'node:crypto';
import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import { ApiError, type RequiredPermission, type ServiceContext } from '../../core/service.ts';
import { type PolicyDocument, parsePolicyDocument } from '../../iam/policies/policy-document.ts';
import { type EncryptionContext, invalidCiphertext, keyIdOf, open, seal } from './ciphertext-blob.ts';
import { assertUsable, type Key, type KeyStore, keyState } from './key-store.ts';

interface KeyInput {
  readonly KeyId: string;
}
interface CreateInput {
  readonly Description?: string;
  readonly Policy?: string;
  readonly KeySpec?: string;
  readonly KeyUsage?: string;
}
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
interface AliasInput {
  readonly AliasName: string;
  readonly TargetKeyId: string;
}
interface DeletionInput extends KeyInput {
  readonly PendingWindowInDays?: number;
}

/** KMS encrypts at most 4 KB itself: what is larger is encrypted under a data key. */
const LARGEST_PLAINTEXT_BYTES = 4096;
const ALGORITHM = 'SYMMETRIC_DEFAULT';

/** Symmetric keys: create, describe, encrypt, decrypt, data keys, aliases, deletion. */
export function kmsOperations(keys: KeyStore, context: ServiceContext): Readonly<Record<string, JsonOperation>> {
  const on = (action: string) => (input: KeyInput) => [onKey(action, keys.get(input.KeyId))];
  return {
    CreateKey: {
      permissions: () => [{ action: 'kms:CreateKey', resource: '*' }],
      handle: (input: CreateInput) => {
        refuseOther('KeySpec', input.KeySpec, 'SYMMETRIC_DEFAULT');
        refuseOther('KeyUsage', input.KeyUsage, 'ENCRYPT_DECRYPT');
        const settings = input.Policy === undefined ? {} : { policy: parsePolicy(input.Policy) };
        return { KeyMetadata: metadata(keys.create({ ...settings, description: input.Description ?? '' }), context) };
      },
    },
    DescribeKey: {
      permissions: on('DescribeKey'),
      handle: (input: KeyInput) => ({ KeyMetadata: metadata(keys.get(input.KeyId), context) }),
    },
    GetKeyPolicy: {
      permissions: on('GetKeyPolicy'),
      handle: (input: KeyInput) => ({ Policy: JSON.stringify(keys.get(input.KeyId).policy), PolicyName: 'default' }),
    },
    ListKeys: {
      permissions: () => [{ action: 'kms:ListKeys', resource: '*' }],
      handle: () => ({ Keys: keys.list().map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), Truncated: false }),
    },
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
    CreateAlias: {
      permissions: (input: AliasInput) => [
        { action: 'kms:CreateAlias', resource: keys.aliasArn(input.AliasName) },
        onKey('CreateAlias', keys.get(input.TargetKeyId)),
      ],
      handle: (input: AliasInput) => keys.addAlias(input.AliasName, input.TargetKeyId),
    },
    DeleteAlias: {
      permissions: (input: AliasInput) => [
        { action: 'kms:DeleteAlias', resource: keys.aliasArn(input.AliasName) },
        onKey('DeleteAlias', keys.get(input.AliasName)),
      ],
      handle: (input: AliasInput) => keys.removeAlias(input.AliasName),
    },
    ListAliases: {
      permissions: () => [{ action: 'kms:ListAliases', resource: '*' }],
      handle: () => ({
        Aliases: keys.aliases().map(({ name, keyId }) => ({
          AliasName: name,
          AliasArn: keys.aliasArn(name),
          TargetKeyId: keyId,
        })),
        Truncated: false,
      }),
    },
    EnableKey: {
      permissions: on('EnableKey'),
      handle: (input: KeyInput) => setEnabled(keys.get(input.KeyId), true),
    },
    DisableKey: {
      permissions: on('DisableKey'),
      handle: (input: KeyInput) => setEnabled(keys.get(input.KeyId), false),
    },
    ScheduleKeyDeletion: {
      permissions: on('ScheduleKeyDeletion'),
      handle: (input: DeletionInput) => {
        const key = keys.get(input.KeyId);
        const days = input.PendingWindowInDays ?? 30;
        if (days < 7 || days > 30)
          throw new ApiError('ValidationException', 'PendingWindowInDays must be between 7 and 30.');
        return {
          KeyId: key.arn,
          DeletionDate: keys.scheduleDeletion(key, days) / 1000,
          KeyState: keyState(key),
          PendingWindowInDays: days,
        };
      },
    },
    CancelKeyDeletion: {
      permissions: on('CancelKeyDeletion'),
      handle: (input: KeyInput) => {
        const key = keys.get(input.KeyId);
        delete key.deletionAt;
        key.enabled = false;
        return { KeyId: key.arn };
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

/** KMS asks the key's policy first, and the caller's own where that leaves it to the account. */
export function onKey(action: string, key: Key, encryptionContext: EncryptionContext = {}): RequiredPermission {
  return {
    action: `kms:${action}`,
    resource: key.arn,
    resourcePolicy: key.policy,
    resourcePolicyMustAgree: true,
    context: {
      'kms:EncryptionContextKeys': Object.keys(encryptionContext),
      ...Object.fromEntries(
        Object.entries(encryptionContext).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]),
      ),
    },
  };
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

function setEnabled(key: Key, enabled: boolean): void {
  if (key.deletionAt !== undefined) assertUsable(key);
  key.enabled = enabled;
}

const metadata = (key: Key, { accountId }: ServiceContext) => ({
  AWSAccountId: accountId,
  KeyId: key.id,
  Arn: key.arn,
  CreationDate: key.createdAt / 1000,
  Enabled: keyState(key) === 'Enabled',
  Description: key.description,
  KeyUsage: 'ENCRYPT_DECRYPT',
  KeyState: keyState(key),
  KeyManager: key.manager,
  KeySpec: ALGORITHM,
  Origin: 'AWS_KMS',
  MultiRegion: false,
  EncryptionAlgorithms: [ALGORITHM],
  ...(key.deletionAt === undefined ? {} : { DeletionDate: key.deletionAt / 1000 }),
});

function parsePolicy(text: string): PolicyDocument {
  try {
    return parsePolicyDocument(text);
  } catch (cause) {
    throw new ApiError('MalformedPolicyDocumentException', cause instanceof Error ? cause.message : String(cause));
  }
}

function refuseOther(member: string, value: string | undefined, only: string): void {
  if (value === undefined || value === only) return;
  throw new ApiError('UnsupportedOperationException', `The sandbox's KMS has no ${member} ${value}, only ${only}.`);
}

/** Pairs of text, or none. */
function pairs(value: unknown): EncryptionContext {
  const isPairs =
    typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string');
  if (value === undefined || value === null) return {};
  if (isPairs) return value as EncryptionContext;
  throw new ApiError('ValidationException', 'EncryptionContext must be pairs of text.');
}

function bytes(value: unknown, member: string): Buffer {
  if (typeof value !== 'string' || value === '') throw new ApiError('ValidationException', `${member} is required.`);
  return Buffer.from(value, 'base64');
}
