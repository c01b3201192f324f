import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import type { RequiredPermission, ServiceContext } from '../../core/service.ts';
import { type PasswordRules, randomPassword } from './random-password.ts';
import type { Secret } from './secret.ts';
import { deleteSecret, describeSecret, listEntry } from './secret-shapes.ts';
import type { NewSecret, SecretStore } from './secret-store.ts';
import { findVersion, putValue, type ValueInput } from './secret-values.ts';
import { invalidParameter } from './secrets-error.ts';

interface IdInput {
  readonly SecretId: string;
}
interface CreateInput extends ValueInput {
  readonly Name: string;
  readonly Description?: string;
  readonly KmsKeyId?: string;
  readonly Tags?: readonly Tag[];
}
interface Tag {
  readonly Key: string;
  readonly Value: string;
}
interface GetInput extends IdInput {
  readonly VersionId?: string;
  readonly VersionStage?: string;
}
interface DeleteInput extends IdInput {
  readonly RecoveryWindowInDays?: number;
  readonly ForceDeleteWithoutRecovery?: boolean;
}
interface UpdateInput extends IdInput, ValueInput {
  readonly Description?: string;
  readonly KmsKeyId?: string;
}
interface ListInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly IncludePlannedDeletion?: boolean;
  readonly Filters?: readonly { readonly Key?: string; readonly Values?: readonly string[] }[];
}

/** Secrets Manager without rotation and replication. Source: Secrets Manager API Reference. */
export function secretsOperations(
  store: SecretStore,
  context: ServiceContext,
): Readonly<Record<string, JsonOperation>> {
  const onSecret = (action: string) => (input: IdInput) => [
    { action: `secretsmanager:${action}`, resource: store.arnOf(required(input.SecretId, 'SecretId')) },
  ];
  /** Who reads or writes a secret under a key of his own needs that key, too. */
  const withKey = (action: string, keyAction: string) => (input: IdInput) => [
    ...onSecret(action)(input),
    ...keyUse(context, store, input.SecretId, keyAction),
  ];
  return {
    CreateSecret: {
      permissions: ({ Name, KmsKeyId }: CreateInput) => [
        { action: 'secretsmanager:CreateSecret', resource: store.arnOf(required(Name, 'Name')) },
        ...(KmsKeyId ? context.peers.kms.permissions('GenerateDataKey', KmsKeyId) : []),
      ],
      handle: (input: CreateInput) => createSecret(store, context, input),
    },
    GetSecretValue: {
      permissions: withKey('GetSecretValue', 'Decrypt'),
      handle({ SecretId, VersionId, VersionStage }: GetInput) {
        const secret = store.usable(SecretId);
        const version = findVersion(secret, VersionId, VersionStage);
        return {
          ARN: secret.arn,
          Name: secret.name,
          VersionId: version.id,
          VersionStages: [...version.stages],
          CreatedDate: version.createdAt / 1000,
          ...(version.text === undefined ? { SecretBinary: version.binary } : { SecretString: version.text }),
        };
      },
    },
    PutSecretValue: {
      permissions: withKey('PutSecretValue', 'GenerateDataKey'),
      handle(input: IdInput & ValueInput) {
        const secret = store.usable(input.SecretId);
        const version = putValue(store, secret, input, context);
        return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.stages] };
      },
    },
    UpdateSecret: {
      permissions: withKey('UpdateSecret', 'GenerateDataKey'),
      handle(input: UpdateInput) {
        const secret = store.usable(input.SecretId);
        if (input.Description !== undefined) secret.description = input.Description;
        if (input.KmsKeyId !== undefined) secret.kmsKeyId = input.KmsKeyId;
        const hasValue = input.SecretString !== undefined || input.SecretBinary !== undefined;
        const version = hasValue ? putValue(store, secret, input, context) : undefined;
        return { ARN: secret.arn, Name: secret.name, ...(version ? { VersionId: version.id } : {}) };
      },
    },
    DescribeSecret: {
      permissions: onSecret('DescribeSecret'),
      handle: ({ SecretId }: IdInput) => describeSecret(store.get(SecretId)),
    },
    ListSecrets: {
      permissions: () => [{ action: 'secretsmanager:ListSecrets', resource: '*' }],
      handle: (input: ListInput) => listSecrets(store, input),
    },
    DeleteSecret: {
      permissions: onSecret('DeleteSecret'),
      handle: (input: DeleteInput) => deleteSecret(store, store.usable(input.SecretId), input, context.clock.now()),
    },
    RestoreSecret: {
      permissions: onSecret('RestoreSecret'),
      handle({ SecretId }: IdInput) {
        const secret = store.get(SecretId);
        delete secret.deletion;
        return { ARN: secret.arn, Name: secret.name };
      },
    },
    GetRandomPassword: {
      permissions: () => [{ action: 'secretsmanager:GetRandomPassword', resource: '*' }],
      handle: (input: PasswordRules) => ({ RandomPassword: randomPassword(input) }),
    },
    TagResource: {
      permissions: onSecret('TagResource'),
      handle({ SecretId, Tags }: IdInput & { readonly Tags: readonly Tag[] }) {
        const secret = store.usable(SecretId);
        secret.tags = { ...secret.tags, ...tagsOf(Tags) };
      },
    },
    UntagResource: {
      permissions: onSecret('UntagResource'),
      handle({ SecretId, TagKeys }: IdInput & { readonly TagKeys: readonly string[] }) {
        const secret = store.usable(SecretId);
        secret.tags = Object.fromEntries(Object.entries(secret.tags).filter(([key]) => !TagKeys.includes(key)));
      },
    },
  };
}

function createSecret(store: SecretStore, context: ServiceContext, input: CreateInput) {
  const { Name: name, Description, KmsKeyId, Tags } = input;
  if (!/^[\w/+=.@!-]{1,512}$/.test(name)) throw invalidParameter(`Invalid name: ${name}`);
  const made: NewSecret = {
    name,
    ...(Description === undefined ? {} : { description: Description }),
    ...(KmsKeyId === undefined ? {} : { kmsKeyId: KmsKeyId }),
    tags: tagsOf(Tags),
  };
  const secret = store.add(made);
  const hasValue = input.SecretString !== undefined || input.SecretBinary !== undefined;
  const version = hasValue ? putValue(store, secret, input, context) : undefined;
  return { ARN: secret.arn, Name: secret.name, ...(version ? { VersionId: version.id } : {}) };
}

function keyUse(
  context: ServiceContext,
  store: SecretStore,
  secretId: string,
  action: string,
): readonly RequiredPermission[] {
  const secret: Secret | undefined = store.all().find(({ arn }) => arn === store.arnOf(secretId));
  return secret?.kmsKeyId ? context.peers.kms.permissions(action, secret.kmsKeyId, { SecretARN: secret.arn }) : [];
}

function listSecrets(store: SecretStore, { MaxResults = 100, NextToken, Filters = [], ...rest }: ListInput) {
  const foreign = Filters.find(({ Key }) => Key !== 'name');
  if (foreign) throw invalidParameter(`The sandbox filters secrets by name only, not by ${foreign.Key}.`);
  const found = store
    .all()
    .filter(({ deletion }) => rest.IncludePlannedDeletion === true || !deletion)
    .filter(({ name }) => Filters.every(({ Values = [] }) => Values.some((value) => name.startsWith(value))));
  const start = NextToken === undefined ? 0 : Number(NextToken);
  const end = start + Math.min(MaxResults, 100);
  return {
    SecretList: found.slice(start, end).map(listEntry),
    ...(end < found.length ? { NextToken: String(end) } : {}),
  };
}

const tagsOf = (tags: readonly Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));

function required(value: unknown, member: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw invalidParameter(`You must provide a value for the ${member} parameter.`);
}
