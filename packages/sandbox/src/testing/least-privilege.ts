import type { Stack, StackResource } from '../cloudformation/stack.ts';
import type { ConditionContext } from '../core/service.ts';
import { matchesArn } from '../iam/evaluation/wildcard.ts';
import { listOf } from '../iam/policies/policy-document.ts';
import type { StatementUse } from '../iam/policies/policy-usage.ts';
import type { Sandbox } from '../sandbox.ts';

/** A statement of a role's policies, with the calls that it has allowed so far. */
export interface GrantedStatement {
  /** Of the role in its stack. */
  readonly logicalId: string;
  readonly roleName: string;
  /** The role's logical id and the statement's Sid: `IngestRole.WriteAudit`. */
  readonly name: string;
  /** Over all policies of the role. */
  readonly index: number;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly uses: readonly StatementUse[];
}

/** The statements of a stack's roles, or of those that are named by their logical ids. */
export function grantedStatements(sandbox: Sandbox, stack: Stack, logicalIds?: readonly string[]): GrantedStatement[] {
  const usesOf = Map.groupBy(sandbox.iam.usage(), keyOf);
  return rolesOf(stack)
    .filter(({ logicalId }) => logicalIds?.includes(logicalId) ?? true)
    .flatMap(({ logicalId, physicalId: roleName }) =>
      sandbox.iam.statements(roleName).map(({ Sid, Action, Resource, origin: { index } }) => ({
        logicalId,
        roleName,
        name: `${logicalId}.${Sid}`,
        index,
        actions: listOf(Action),
        resources: listOf(Resource),
        uses: usesOf.get(keyOf({ roleName, statementIndex: index })) ?? [],
      })),
    );
}

/** The Sids of each role of a stack, in alphabetical order, by the role's logical id. */
export function sidsByRole(sandbox: Sandbox, stack: Stack): Record<string, string[]> {
  const sidsOf = (roleName: string) => sandbox.iam.statements(roleName).map(({ Sid }) => String(Sid));
  return Object.fromEntries(rolesOf(stack).map(({ logicalId, physicalId }) => [logicalId, sidsOf(physicalId).sort()]));
}

/** What is allowed and was never done, in alphabetical order: `IngestRole.WriteAudit: dynamodb:PutItem`. */
export function unusedActions(statements: readonly GrantedStatement[]): string[] {
  return statements
    .flatMap(({ name, actions, uses }) =>
      actions.filter((action) => !uses.some((use) => use.action === action)).map((action) => `${name}: ${action}`),
    )
    .sort();
}

/** Patterns of resources that no allowed call has matched, in alphabetical order: `IngestRole.WriteAudit: arn:…`. */
export function unusedResources(statements: readonly GrantedStatement[]): string[] {
  return statements
    .flatMap(({ name, resources, uses }) =>
      resources
        .filter((pattern) => !uses.some(({ resource }) => matchesArn(pattern, resource)))
        .map((pattern) => `${name}: ${pattern}`),
    )
    .sort();
}

/** Actions that are allowed on every resource (`*`), and patterns of actions, each once and in alphabetical order. */
export function unboundedActions(statements: readonly GrantedStatement[]): string[] {
  const unbounded = statements.flatMap(({ actions, resources }) =>
    resources.includes('*') ? actions : actions.filter((action) => action.includes('*')),
  );
  return [...new Set(unbounded)].sort();
}

/**
 * Statements without which every call that they allowed would still be allowed.
 * @param context what a condition of a statement judges by; a use does not remember it
 */
export function needlessStatements(
  sandbox: Sandbox,
  statements: readonly GrantedStatement[],
  context: ConditionContext = {},
): string[] {
  return statements.filter((statement) => !isMissed(sandbox, statement, context)).map(({ name }) => name);
}

function isMissed({ iam }: Sandbox, { roleName, index, uses }: GrantedStatement, context: ConditionContext): boolean {
  const { arn } = iam.roles.byName(roleName);
  const caller = { accessKeyId: '', arn, roleArn: arn };
  const putBack = iam.withoutStatement(roleName, index);
  try {
    return uses.some(({ action, resource }) => iam.denial(caller, { action, resource, context }) !== undefined);
  } finally {
    putBack();
  }
}

const rolesOf = ({ resources }: Stack): StackResource[] =>
  Object.values(resources).filter(({ type }) => type === 'AWS::IAM::Role');

const keyOf = ({ roleName, statementIndex }: Pick<StatementUse, 'roleName' | 'statementIndex'>): string =>
  `${roleName}\n${statementIndex}`;
