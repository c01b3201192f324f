import { randomBytes, randomUUID } from 'node:crypto';
import { ApiError, type ServiceContext } from '../../core/service.ts';
import type { PolicyDocument } from '../../iam/policies/policy-document.ts';

export interface Key {
  readonly id: string;
  readonly arn: string;
  readonly material: Buffer;
  readonly description: string;
  readonly manager: 'AWS' | 'CUSTOMER';
  /** Epoch milliseconds. */
  readonly createdAt: number;
  policy: PolicyDocument;
  enabled: boolean;
  /** Epoch milliseconds; the key can no longer be used as soon as this is set. */
  deletionAt?: number;
  rotates: boolean;
}

export interface KeySettings {
  readonly description?: string;
  readonly policy?: PolicyDocument;
  readonly manager?: 'AWS' | 'CUSTOMER';
  readonly enabled?: boolean;
  readonly rotates?: boolean;
}

const DAY_MS = 86_400_000;

/** Keys and aliases of the account. */
export class KeyStore {
  readonly #keys = new Map<string, Key>();
  readonly #aliases = new Map<string, string>();
  readonly #context: ServiceContext;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  create(settings: KeySettings): Key {
    const { accountId, region, clock } = this.#context;
    const id = randomUUID();
    const key: Key = {
      id,
      arn: `arn:aws:kms:${region}:${accountId}:key/${id}`,
      material: randomBytes(32),
      description: settings.description ?? '',
      manager: settings.manager ?? 'CUSTOMER',
      createdAt: clock.now(),
      policy: settings.policy ?? this.#defaultPolicy(),
      enabled: settings.enabled ?? true,
      rotates: settings.rotates ?? false,
    };
    this.#keys.set(id, key);
    return key;
  }

  /** A key by id, ARN, alias or alias ARN; throws `NotFoundException`. An AWS managed key (`alias/aws/…`) comes to be when it is first used. */
  get(keyId: string): Key {
    if (typeof keyId !== 'string' || keyId === '')
      throw new ApiError('ValidationException', 'KeyId is required and must be text.');
    const name = keyId.replace(/^arn:aws:kms:[^:]*:[^:]*:(key\/)?/, '');
    const key = this.#keys.get(this.#aliases.get(name) ?? name);
    if (key) return key;
    if (name.startsWith('alias/aws/')) return this.#createManaged(name);
    const kind = name.startsWith('alias/') ? 'Alias' : 'Key';
    throw new ApiError('NotFoundException', `${kind} '${keyId}' does not exist`);
  }

  /** From now on the key cannot be used; answers when it will be gone, epoch milliseconds. */
  scheduleDeletion(key: Key, days: number): number {
    key.deletionAt = this.#context.clock.now() + days * DAY_MS;
    return key.deletionAt;
  }

  list(): readonly Key[] {
    return [...this.#keys.values()];
  }

  aliases(): readonly { readonly name: string; readonly keyId: string }[] {
    return [...this.#aliases].map(([name, keyId]) => ({ name, keyId }));
  }

  addAlias(name: string, keyId: string): void {
    if (!/^alias\/(?!aws\/)[\w/-]{1,250}$/.test(name)) {
      throw new ApiError(
        'ValidationException',
        `Alias name ${name} must begin with alias/, not alias/aws/, and hold letters, digits, /_- only.`,
      );
    }
    if (this.#aliases.has(name))
      throw new ApiError('AlreadyExistsException', `An alias with the name ${name} already exists`);
    this.#aliases.set(name, this.get(keyId).id);
  }

  removeAlias(name: string): void {
    if (!this.#aliases.delete(name)) throw new ApiError('NotFoundException', `Alias ${name} does not exist`);
  }

  aliasArn(name: string): string {
    return `arn:aws:kms:${this.#context.region}:${this.#context.accountId}:${name}`;
  }

  #createManaged(alias: string): Key {
    const key = this.create({ manager: 'AWS', description: `Default key of ${alias.slice('alias/aws/'.length)}` });
    this.#aliases.set(alias, key.id);
    return key;
  }

  /** What KMS gives a key that comes without a policy: identity policies of the account decide. */
  #defaultPolicy(): PolicyDocument {
    const root = `arn:aws:iam::${this.#context.accountId}:root`;
    return {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Enable IAM User Permissions',
          Effect: 'Allow',
          Principal: { AWS: root },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    };
  }
}

/** Throws `DisabledException` or `KMSInvalidStateException` where the key cannot encrypt or decrypt now. */
export function assertUsable(key: Key): void {
  if (key.deletionAt !== undefined) throw new ApiError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
  if (!key.enabled) throw new ApiError('DisabledException', `${key.arn} is disabled.`);
}

export const keyState = (key: Key): string =>
  key.deletionAt !== undefined ? 'PendingDeletion' : key.enabled ? 'Enabled' : 'Disabled';
