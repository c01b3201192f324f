import { randomBytes, randomUUID } from 'node:crypto';
import type { Caller } from '../core/service.ts';
import { SigningKeys } from '../core/sigv4/signing-key.ts';
import type { TemporaryCredentials } from '../services/iam/iam-peer.ts';
import type { PolicyStatement } from './policies/policy-document.ts';

/** Keys that sign requests, and whose they are. */
export interface IssuedKey {
  readonly caller: Caller;
  readonly signingKeys: SigningKeys;
  /** Absent for the administrator's lasting keys. */
  readonly sessionToken?: string;
  /** Epoch milliseconds of the sandbox's clock; absent where the keys live until they are revoked. */
  readonly expiresAt?: number;
}

/** Every access key of the account: the administrator's, and those of role sessions. */
export class CredentialStore {
  readonly #keys = new Map<string, IssuedKey>();

  /** Lasting keys of the account's administrator, who may do everything. */
  issueAdministrator(arn: string): Omit<TemporaryCredentials, 'sessionToken'> {
    const accessKeyId = newKeyId('AKIA');
    const secretAccessKey = newSecret();
    this.#keys.set(accessKeyId, { caller: { accessKeyId, arn }, signingKeys: new SigningKeys(secretAccessKey) });
    return { accessKeyId, secretAccessKey };
  }

  issueSession(session: {
    readonly arn: string;
    readonly roleArn: string;
    readonly expiresAt?: number;
    readonly heldBy?: string;
    readonly sessionPolicy?: readonly PolicyStatement[];
  }): TemporaryCredentials {
    const { expiresAt, ...principal } = session;
    const keys = { accessKeyId: newKeyId('ASIA'), secretAccessKey: newSecret(), sessionToken: newToken() };
    this.#keys.set(keys.accessKeyId, {
      caller: { accessKeyId: keys.accessKeyId, ...principal },
      signingKeys: new SigningKeys(keys.secretAccessKey),
      sessionToken: keys.sessionToken,
      ...(expiresAt === undefined ? {} : { expiresAt }),
    });
    return keys;
  }

  find(accessKeyId: string): IssuedKey | undefined {
    return this.#keys.get(accessKeyId);
  }

  revoke(accessKeyId: string): void {
    this.#keys.delete(accessKeyId);
  }
}

/** Twenty characters, as AWS's key ids are. */
const newKeyId = (prefix: string): string => prefix + randomUUID().replace(/-/g, '').slice(0, 16).toUpperCase();
const newSecret = (): string => randomBytes(30).toString('base64');
const newToken = (): string => randomBytes(96).toString('base64');
