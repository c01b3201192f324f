import { randomBytes } from 'node:crypto';
import type { ServiceContext } from '../../core/service.ts';
import { addVersion, type Secret, type SecretVersion } from './secret.ts';
import { markedForDeletion, secretExists, secretNotFound } from './secrets-error.ts';

export interface NewSecret {
  readonly name: string;
  readonly description?: string;
  readonly kmsKeyId?: string;
  readonly owningService?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** The account's secrets. */
export class SecretStore {
  readonly #context: ServiceContext;
  readonly #secrets = new Map<string, Secret>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  add({ name, tags = {}, ...rest }: NewSecret): Secret {
    if (this.#find(name)) throw secretExists(name);
    const { region, accountId, clock } = this.#context;
    const secret: Secret = {
      name,
      arn: `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${arnSuffix()}`,
      ...rest,
      tags,
      versions: [],
      createdAt: clock.now(),
      changedAt: clock.now(),
    };
    this.#secrets.set(name, secret);
    return secret;
  }

  addVersion(secret: Secret, version: SecretVersion): void {
    addVersion(secret, version);
    secret.changedAt = this.#context.clock.now();
  }

  /** By name, ARN, or ARN without its suffix; throws `ResourceNotFoundException`. */
  get(nameOrArn: string): Secret {
    const secret = this.#find(nameOrArn);
    if (!secret) throw secretNotFound();
    return secret;
  }

  /** As {@link get}; throws `InvalidRequestException` where the secret waits for its deletion. */
  usable(nameOrArn: string): Secret {
    const secret = this.get(nameOrArn);
    if (secret.deletion) throw markedForDeletion();
    return secret;
  }

  /** The ARN that a call on this name or ARN is judged on. */
  arnOf(nameOrArn: string): string {
    const { region, accountId } = this.#context;
    const unknown = nameOrArn.startsWith('arn:')
      ? nameOrArn
      : `arn:aws:secretsmanager:${region}:${accountId}:secret:${nameOrArn}`;
    return this.#find(nameOrArn)?.arn ?? unknown;
  }

  all(): readonly Secret[] {
    this.#purge();
    return [...this.#secrets.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  remove(secret: Secret): void {
    this.#secrets.delete(secret.name);
  }

  #find(nameOrArn: string): Secret | undefined {
    this.#purge();
    const byName = this.#secrets.get(nameOrArn);
    if (byName || !nameOrArn.startsWith('arn:')) return byName;
    return [...this.#secrets.values()].find(({ arn }) => arn === nameOrArn || arn.slice(0, -7) === nameOrArn);
  }

  /** What waited for its deletion for as long as it was told to is gone. */
  #purge(): void {
    const now = this.#context.clock.now();
    for (const secret of this.#secrets.values()) {
      if (secret.deletion && secret.deletion.endsAt <= now) this.#secrets.delete(secret.name);
    }
  }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Six random characters, which Secrets Manager adds to a name so that an ARN names no later secret of that name. */
const arnSuffix = (): string => [...randomBytes(6)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
