import { requestTime } from '../integrations/event-context.ts';
import { type Exchange, SOURCE_IP } from './exchange.ts';

/**
 * The value of `$context.<name>` for a request that is under way; nothing for one that it has not.
 * Source: API Gateway Developer Guide, "Customize HTTP API access logs".
 */
export function accessLogValue(name: string, exchange: Exchange): string | undefined {
  if (name.startsWith('authorizer.')) return authorizerValue(name.slice('authorizer.'.length), exchange);
  if (name.startsWith('identity.')) return identityValue(name.slice('identity.'.length), exchange);
  const { api, accountId, domainName, method, path, requestId, route, stage, startedAt, notes } = exchange;
  const values: Readonly<Record<string, string | number | undefined>> = {
    accountId,
    apiId: api.apiId,
    domainName,
    domainPrefix: api.apiId,
    httpMethod: method,
    path,
    protocol: 'HTTP/1.1',
    requestId,
    extendedRequestId: requestId,
    requestTime: requestTime(startedAt),
    requestTimeEpoch: Math.floor(startedAt / 1000),
    routeKey: route?.routeKey,
    resourcePath: route?.routeKey.split(' ').at(-1),
    resourceId: route?.rest?.resourceId,
    stage: stage.stageName,
    'error.message': notes.errorMessage,
    'error.messageString': notes.errorMessage && `"${notes.errorMessage}"`,
    'error.responseType': notes.errorType,
    integrationErrorMessage: notes.integrationError,
    'integration.error': notes.integrationError,
    integrationLatency: notes.integrationLatencyMs,
    'integration.latency': notes.integrationLatencyMs,
    integrationStatus: notes.integrationStatus,
    'integration.integrationStatus': notes.integrationStatus,
    'integration.status': notes.integrationResponseStatus,
    'integration.requestId': notes.integrationRequestId,
    awsEndpointRequestId: notes.integrationRequestId,
  };
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return value === undefined ? undefined : String(value);
}

function authorizerValue(name: string, { authorization, notes }: Exchange): string | undefined {
  if (name === 'error') return notes.authorizerError;
  if (authorization?.kind === 'jwt') return authorization.claims[name.replace(/^claims\./, '')];
  if (authorization?.kind !== 'lambda') return undefined;
  if (name === 'principalId' && authorization.principalId) return authorization.principalId;
  const value = authorization.context?.[name];
  return value === undefined || value === null ? undefined : String(value);
}

function identityValue(name: string, { authorization, headers }: Exchange): string | undefined {
  if (name === 'sourceIp') return SOURCE_IP;
  if (name === 'userAgent') return headers['user-agent'];
  if (authorization?.kind !== 'iam') return undefined;
  const { accountId, callerId, userArn, userId } = authorization;
  const known: Readonly<Record<string, string>> = { accountId, caller: callerId, userArn, user: userId };
  return known[name];
}
