import type { ConditionContext } from '../../core/service.ts';
import { listOf, type PolicyStatement } from '../policies/policy-document.ts';
import { substituteVariables } from '../policies/policy-variables.ts';
import { conditionsHold } from './conditions.ts';
import { matchesArn, matchesWildcard } from './wildcard.ts';

/** What is to be judged. */
export interface AccessRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionContext;
}

export type Decision<S> =
  | { readonly kind: 'allow'; readonly statement: S }
  | { readonly kind: 'explicit-deny'; readonly statement: S }
  | { readonly kind: 'implicit-deny' };

/**
 * Judges a request by statements: any matching Deny wins, else any matching Allow, else it is denied.
 * Source: IAM User Guide, "Policy evaluation logic".
 */
export function evaluateStatements<S extends PolicyStatement>(
  statements: readonly S[],
  request: AccessRequest,
): Decision<S> {
  const matching = statements.filter((statement) => statementMatches(statement, request));
  const deny = matching.find((statement) => statement.Effect === 'Deny');
  if (deny) return { kind: 'explicit-deny', statement: deny };
  const allow = matching[0];
  return allow ? { kind: 'allow', statement: allow } : { kind: 'implicit-deny' };
}

/** Whether action, resource and conditions of a statement match, whoever asks. */
export function statementMatches(statement: PolicyStatement, request: AccessRequest): boolean {
  return (
    actionMatches(statement, request.action) &&
    resourceMatches(statement, request) &&
    conditionsHold(statement.Condition, request.context)
  );
}

/** Actions are not case-sensitive. */
function actionMatches(statement: PolicyStatement, action: string): boolean {
  const names = (pattern: string) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
  if (statement.NotAction !== undefined) return !listOf<string>(statement.NotAction).some(names);
  return listOf<string>(statement.Action).some(names);
}

/** A trust policy names no resource: it speaks of its own role. */
function resourceMatches(statement: PolicyStatement, { resource, context }: AccessRequest): boolean {
  const covers = (pattern: string): boolean => {
    const substituted = substituteVariables(pattern, context);
    return substituted === '*' || (substituted !== undefined && matchesArn(substituted, resource));
  };
  if (statement.NotResource !== undefined) return !listOf<string>(statement.NotResource).some(covers);
  if (statement.Resource === undefined) return true;
  return listOf<string>(statement.Resource).some(covers);
}
