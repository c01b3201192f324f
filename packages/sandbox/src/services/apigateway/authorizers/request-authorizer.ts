import type { ServiceContext } from '../../../core/service.ts';
import { evaluateStatements } from '../../../iam/evaluation/evaluate-statements.ts';
import { type PolicyDocument, parsePolicyDocument, statementsOf } from '../../../iam/policies/policy-document.ts';
import type { Authorization, Exchange } from '../gateway/exchange.ts';
import { forbidden, type GatewayRefusal, internalServerError, unauthorized } from '../gateway/gateway-answer.ts';
import type { RequestAuthorizer } from '../http-api/http-api.ts';
import { invokeAsGateway } from '../integrations/invoke-lambda.ts';
import type { AuthorizerCache } from './authorizer-cache.ts';
import { authorizerEvent } from './authorizer-event.ts';
import { identityOf } from './identity-source.ts';
import { routeArn } from './route-arn.ts';

/** What the function said, kept for as long as the authorizer says: a policy is judged again for every route. */
export interface AuthorizerVerdict {
  readonly isAuthorized?: boolean;
  readonly policy?: PolicyDocument;
  readonly principalId?: string;
  readonly context: Readonly<Record<string, unknown>> | null;
}

/**
 * Asks a Lambda authorizer, or its cache. Throws a refusal: 401 without a call where an identity source is missing, 403 where it says no,
 * 500 where it fails. Source: API Gateway Developer Guide, "Control access to HTTP APIs with AWS Lambda authorizers".
 */
export async function authorizeByFunction(
  context: ServiceContext,
  cache: AuthorizerCache<AuthorizerVerdict>,
  exchange: Exchange,
  authorizer: RequestAuthorizer,
): Promise<Authorization> {
  const identity = identityOf(authorizer.identitySource, exchange);
  if (!identity) throw unauthorized();
  const { resultTtlSeconds } = authorizer;
  const key = JSON.stringify([exchange.api.apiId, exchange.stage.stageName, authorizer.authorizerId, ...identity]);
  const known = resultTtlSeconds > 0 ? cache.get(key) : undefined;
  const verdict = known ?? (await ask(context, exchange, authorizer, identity));
  if (!known && resultTtlSeconds > 0) cache.set(key, verdict, resultTtlSeconds);
  const decision = decide(verdict, routeArn(context, exchange));
  if (decision !== 'allow') {
    exchange.notes.authorizerError = decision;
    throw forbidden();
  }
  const { principalId } = verdict;
  return { kind: 'lambda', context: verdict.context, ...(principalId ? { principalId } : {}) };
}

async function ask(
  context: ServiceContext,
  exchange: Exchange,
  authorizer: RequestAuthorizer,
  identity: readonly string[],
): Promise<AuthorizerVerdict> {
  const { region, accountId } = context;
  const { credentialsArn, authorizerId } = authorizer;
  try {
    const result = await invokeAsGateway(context, {
      uri: authorizer.authorizerUri,
      event: authorizerEvent(context, exchange, authorizer, identity),
      sourceArn: `arn:aws:execute-api:${region}:${accountId}:${exchange.api.apiId}/authorizers/${authorizerId}`,
      ...(credentialsArn ? { credentialsArn } : {}),
    });
    const said: unknown = JSON.parse(result.payload.toString('utf8'));
    if (result.functionError) throw failed(said, authorizer);
    return verdictOf(said, authorizer);
  } catch (error) {
    exchange.notes.authorizerError = error instanceof Error ? error.message : String(error);
    throw error instanceof Error && error.name === 'GatewayRefusal' ? error : internalServerError('AUTHORIZER_FAILURE');
  }
}

/** In format 1.0 a function says "who are you?" by failing with the one word Unauthorized. */
function failed(said: unknown, { payloadFormatVersion }: RequestAuthorizer): GatewayRefusal {
  const message = (said as { errorMessage?: unknown } | null)?.errorMessage;
  return payloadFormatVersion === '1.0' && message === 'Unauthorized'
    ? unauthorized()
    : internalServerError('AUTHORIZER_FAILURE');
}

function verdictOf(said: unknown, { enableSimpleResponses }: RequestAuthorizer): AuthorizerVerdict {
  const { isAuthorized, policyDocument, principalId, context } = (said ?? {}) as Record<string, unknown>;
  const shared = { context: isRecord(context) ? context : null };
  if (enableSimpleResponses) {
    if (typeof isAuthorized !== 'boolean') throw new Error('The authorizer did not return isAuthorized.');
    return { isAuthorized, ...shared };
  }
  if (typeof principalId !== 'string') throw new Error('The authorizer returned no principalId.');
  return { policy: parsePolicyDocument(policyDocument), principalId, ...shared };
}

function decide({ isAuthorized, policy }: AuthorizerVerdict, resource: string) {
  if (!policy) return isAuthorized ? 'allow' : 'explicit-deny';
  const request = { action: 'execute-api:Invoke', resource, context: {} };
  return evaluateStatements(statementsOf(policy), request).kind;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
