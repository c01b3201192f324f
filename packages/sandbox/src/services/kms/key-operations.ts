import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import { ApiError, type ServiceContext } from '../../core/service.ts';
import { type PolicyDocument, parsePolicyDocument } from '../../iam/policies/policy-document.ts';
import { onKey } from './key-permission.ts';
import { assertUsable, type Key, type KeyStore, keyState } from './key-store.ts';
import { ALGORITHM, type KeyInput } from './kms-input.ts';

interface CreateInput {
  readonly Description?: string;
  readonly Policy?: string;
  readonly KeySpec?: string;
  readonly KeyUsage?: string;
}
interface DeletionInput extends KeyInput {
  readonly PendingWindowInDays?: number;
}

/** Symmetric keys: create, describe, list, enable, disable, deletion. */
export function keyOperations(keys: KeyStore, context: ServiceContext): Readonly<Record<string, JsonOperation>> {
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
