import type { Gatekeeper } from '../core/front/dispatcher.ts';
import {
  ApiError,
  type Caller,
  type ConditionContext,
  type RequiredPermission,
  type WireRequest,
} from '../core/service.ts';
import { SignatureError } from '../core/sigv4/signature-error.ts';
import { readSignedRequest, type SignedRequest } from '../core/sigv4/signed-request.ts';
import { verifyRequest } from '../core/sigv4/verify-request.ts';
import type { IamPeer, TemporaryCredentials } from '../services/iam/iam-peer.ts';
import { AccessJudge } from './access-judge.ts';
import { CredentialStore, type IssuedKey } from './credential-store.ts';
import { type PolicyDocument, type PolicyStatement, statementsOf } from './policies/policy-document.ts';
import { PolicyUsage, type StatementUse } from './policies/policy-usage.ts';
import { evaluateResourcePolicy } from './policies/resource-policy.ts';
import { type RoleStatement, RoleStore } from './role-store.ts';

export interface AccessControlOptions {
  readonly accountId: string;
  readonly region: string;
  readonly now: () => number;
}

/** Who may do what: roles, keys, the judgement of each call, and the record of which statement allowed it. */
export class AccessControl implements IamPeer, Gatekeeper {
  readonly roles = new RoleStore();
  readonly #keys = new CredentialStore();
  readonly #usage = new PolicyUsage();
  readonly #judge: AccessJudge;
  readonly #options: AccessControlOptions;

  constructor(options: AccessControlOptions) {
    this.#options = options;
    this.#judge = new AccessJudge({ roles: this.roles, usage: this.#usage, region: options.region, now: options.now });
  }

  /** Statements that allowed a call so far, each with action and resource. */
  usage(): readonly StatementUse[] {
    return this.#usage.list();
  }

  /** Every statement of a role's policies, in the order that `withoutStatement` counts. */
  statements(roleName: string): readonly RoleStatement[] {
    return this.roles.allStatements(this.roles.byName(roleName));
  }

  /** Takes one statement of a role out of force, by Sid or index; returns what puts it back. */
  withoutStatement(roleName: string, sidOrIndex: string | number): () => void {
    return this.roles.without(roleName, sidOrIndex);
  }

  issueAdministrator(): { accessKeyId: string; secretAccessKey: string } {
    return this.#keys.issueAdministrator(`arn:aws:iam::${this.#options.accountId}:root`);
  }

  issueCredentials(roleArn: string, sessionName: string): TemporaryCredentials {
    return this.#issueSession(roleArn, sessionName);
  }

  /** As STS AssumeRole does, once the trust policy has agreed: the keys end at `expiresAt` (epoch ms of the sandbox's clock). */
  issueExpiringCredentials(
    roleArn: string,
    sessionName: string,
    {
      sessionPolicy,
      ...limits
    }: { readonly expiresAt: number; readonly heldBy?: string; readonly sessionPolicy?: PolicyDocument },
  ): TemporaryCredentials {
    const narrowed = sessionPolicy === undefined ? {} : { sessionPolicy: statementsOf(sessionPolicy) };
    return this.#issueSession(roleArn, sessionName, { ...limits, ...narrowed });
  }

  revoke(accessKeyId: string): void {
    this.#keys.revoke(accessKeyId);
  }

  authenticate(request: WireRequest): Caller {
    const signed = readSignedRequest(request);
    const key = this.#keys.find(signed.accessKeyId);
    const isDead = key?.caller.roleArn !== undefined && !this.roles.has(key.caller.roleArn);
    if (!key || isDead)
      throw new SignatureError('unknown-key', 'The security token included in the request is invalid.');
    this.#checkSession(key, signed);
    verifyRequest(request, signed, { keys: key.signingKeys, nows: [this.#options.now(), Date.now()] });
    return key.caller;
  }

  denial(caller: Caller, permission: RequiredPermission): string | undefined {
    return this.#judge.denial(caller, permission);
  }

  assertRoleAllows(roleArn: string, action: string, resource: string, context?: ConditionContext): void {
    if (!this.roles.has(roleArn)) throw new ApiError('AccessDeniedException', `The role ${roleArn} cannot be found.`);
    const caller = { accessKeyId: '', arn: this.#sessionArn(roleArn, 'service'), roleArn };
    const denial = this.denial(caller, { action, resource, ...(context ? { context } : {}) });
    if (denial) throw new ApiError('AccessDeniedException', denial);
  }

  assertServiceMayAssume(roleArn: string, service: string, context: ConditionContext = {}): void {
    const role = this.roles.byArn(roleArn);
    // A service says for which account it acts, against the confused deputy.
    const known = { 'aws:SourceAccount': this.#options.accountId, ...context };
    const request = { action: 'sts:AssumeRole', resource: roleArn, context: known };
    if (evaluateResourcePolicy(role.trust, { kind: 'service', service }, request) === 'allow') return;
    throw new ApiError('InvalidParameterValueException', `The role ${roleArn} cannot be assumed by ${service}.`);
  }

  /** Whether the role's trust policy lets its own account, as a whole, assume it. */
  trustsAccount(roleArn: string): boolean {
    const role = this.roles.byArn(roleArn);
    const anyRole = { kind: 'role' as const, roleArn: `arn:aws:iam::${this.#options.accountId}:root` };
    const request = { action: 'sts:AssumeRole', resource: roleArn, context: {} };
    return ['allow', 'delegated'].includes(evaluateResourcePolicy(role.trust, anyRole, request));
  }

  #issueSession(
    roleArn: string,
    sessionName: string,
    limits: {
      readonly expiresAt?: number;
      readonly heldBy?: string;
      readonly sessionPolicy?: readonly PolicyStatement[];
    } = {},
  ): TemporaryCredentials {
    const role = this.roles.byArn(roleArn);
    return this.#keys.issueSession({ arn: this.#sessionArn(role.arn, sessionName), roleArn: role.arn, ...limits });
  }

  #sessionArn(roleArn: string, sessionName: string): string {
    const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
    return `arn:aws:sts::${this.#options.accountId}:assumed-role/${roleName}/${sessionName}`;
  }

  #checkSession(key: IssuedKey, signed: SignedRequest): void {
    if (key.sessionToken !== undefined && key.sessionToken !== signed.sessionToken) {
      throw new SignatureError('wrong-session-token', 'The security token included in the request is invalid.');
    }
    if (key.expiresAt !== undefined && key.expiresAt <= this.#options.now()) {
      throw new SignatureError('expired-session-token', 'The security token included in the request is expired');
    }
  }
}
