import { type AccessRequest, statementMatches } from '../evaluation/evaluate-statements.ts';
import { matchesWildcard } from '../evaluation/wildcard.ts';
import {
  listOf,
  type PolicyDocument,
  type PolicyPrincipal,
  type PolicyStatement,
  statementsOf,
} from './policy-document.ts';

/** Who asks, as a policy's Principal element knows them. */
export type Requester =
  | { readonly kind: 'role'; readonly roleArn: string; readonly sessionArn?: string }
  | { readonly kind: 'service'; readonly service: string };

/**
 * What a resource's own policy says: `delegated` where it allows the account as a whole, which leaves the decision to identity policies;
 * `silent` where it says nothing of this request.
 */
export type ResourceDecision = 'allow' | 'explicit-deny' | 'delegated' | 'silent';

/** Judges by a queue, bucket, key, function or trust policy. Source: IAM User Guide, "AWS JSON policy elements: Principal". */
export function evaluateResourcePolicy(
  policy: PolicyDocument,
  requester: Requester,
  request: AccessRequest,
): ResourceDecision {
  const matching = statementsOf(policy)
    .filter((statement) => statementMatches(statement, request))
    .map((statement) => ({ statement, match: principalMatch(statement, requester) }))
    .filter(({ match }) => match !== 'none');
  if (matching.some(({ statement }) => statement.Effect === 'Deny')) return 'explicit-deny';
  if (matching.some(({ match }) => match === 'self')) return 'allow';
  return matching.length > 0 ? 'delegated' : 'silent';
}

type PrincipalMatch = 'self' | 'account' | 'none';

function principalMatch(statement: PolicyStatement, requester: Requester): PrincipalMatch {
  if (statement.NotPrincipal !== undefined)
    return covered(statement.NotPrincipal, requester) === 'none' ? 'self' : 'none';
  return statement.Principal === undefined ? 'none' : covered(statement.Principal, requester);
}

function covered(principal: PolicyPrincipal, requester: Requester): PrincipalMatch {
  if (principal === '*') return 'self';
  const known = typeof principal === 'string' ? {} : principal;
  if (requester.kind === 'service') {
    return listOf<string>(known.Service).some((service) => matchesWildcard(service, requester.service))
      ? 'self'
      : 'none';
  }
  const names = listOf<string>(known.AWS);
  if (names.some((name) => name === '*' || name === requester.roleArn || name === requester.sessionArn)) return 'self';
  const account = requester.roleArn.split(':')[4] ?? '';
  return names.some((name) => name === account || name === `arn:aws:iam::${account}:root`) ? 'account' : 'none';
}
