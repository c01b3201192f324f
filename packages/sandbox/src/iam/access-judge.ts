import type { Caller, ConditionContext, RequiredPermission } from '../core/service.ts';
import { type DenialReason, denialMessage } from './denial-message.ts';
import { type AccessRequest, type Decision, evaluateStatements } from './evaluation/evaluate-statements.ts';
import type { PolicyUsage } from './policies/policy-usage.ts';
import { evaluateResourcePolicy, type ResourceDecision } from './policies/resource-policy.ts';
import type { Role, RoleStatement, RoleStore } from './role-store.ts';

export interface JudgeOptions {
  readonly roles: RoleStore;
  readonly usage: PolicyUsage;
  readonly region: string;
  readonly now: () => number;
}

/** Decides whether a role may do something, within its own account. */
export class AccessJudge {
  readonly #options: JudgeOptions;

  constructor(options: JudgeOptions) {
    this.#options = options;
  }

  /** The message of the refusal, or nothing where the call is allowed. The administrator may do everything. */
  denial(caller: Caller, permission: RequiredPermission): string | undefined {
    if (caller.roleArn === undefined) return undefined;
    const role = this.#options.roles.byArn(caller.roleArn);
    const request = { ...permission, context: { ...this.#globalContext(role, permission), ...permission.context } };
    const own = evaluateStatements(this.#options.roles.statements(role), request);
    const target = permission.resourcePolicy
      ? evaluateResourcePolicy(permission.resourcePolicy, requester(caller, role), request)
      : 'silent';
    const reason = denialReason(own, target, permission.resourcePolicyMustAgree === true);
    if (reason) return denialMessage(caller.arn, permission, reason);
    if (caller.sessionPolicy && evaluateStatements(caller.sessionPolicy, request).kind !== 'allow') {
      return denialMessage(caller.arn, permission, 'no-session-policy');
    }
    this.#record(own, request);
    return undefined;
  }

  #record(own: Decision<RoleStatement>, request: AccessRequest): void {
    if (own.kind === 'allow') this.#options.usage.record(own.statement, request.action, request.resource);
  }

  /** Source: IAM User Guide, "AWS global condition context keys". The loopback endpoint stands for AWS's TLS endpoints. */
  #globalContext(role: Role, permission: RequiredPermission): ConditionContext {
    const nowMs = this.#options.now();
    const account = role.arn.split(':')[4] ?? '';
    return {
      'aws:PrincipalArn': role.arn,
      'aws:PrincipalAccount': account,
      'aws:PrincipalType': 'AssumedRole',
      'aws:ResourceAccount': permission.resource.split(':')[4] || account,
      'aws:RequestedRegion': this.#options.region,
      'aws:CurrentTime': new Date(nowMs).toISOString(),
      'aws:EpochTime': String(Math.floor(nowMs / 1000)),
      'aws:SecureTransport': 'true',
      'aws:SourceIp': '127.0.0.1',
      ...Object.fromEntries(Object.entries(role.tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
    };
  }
}

const requester = (caller: Caller, role: Role) => ({
  kind: 'role' as const,
  roleArn: role.arn,
  sessionArn: caller.arn,
});

/** Source: IAM User Guide, "Policy evaluation for requests within a single account"; for `mustAgree`, KMS Developer Guide, "Key policies". */
function denialReason(
  own: Decision<RoleStatement>,
  target: ResourceDecision,
  mustAgree: boolean,
): DenialReason | undefined {
  if (own.kind === 'explicit-deny') return 'identity-deny';
  if (target === 'explicit-deny') return 'resource-deny';
  if (target === 'allow') return undefined;
  if (own.kind !== 'allow') return 'no-identity-policy';
  return mustAgree && target !== 'delegated' ? 'no-resource-policy' : undefined;
}
