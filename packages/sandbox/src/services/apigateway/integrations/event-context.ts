import { type Authorization, type Exchange, SOURCE_IP } from '../gateway/exchange.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2020:19:03:58 +0000` */
export function requestTime(epochMs: number): string {
  const at = new Date(epochMs);
  const day = String(at.getUTCDate()).padStart(2, '0');
  return `${day}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`;
}

/** `requestContext` of payload format 2.0. */
export function requestContextV2(exchange: Exchange): Record<string, unknown> {
  const { api, accountId, domainName, requestId, route, stage, startedAt, method, path, headers } = exchange;
  const authorizer = exchange.authorization && authorizerV2(exchange.authorization);
  return {
    accountId,
    apiId: api.apiId,
    ...(authorizer ? { authorizer } : {}),
    domainName,
    domainPrefix: api.apiId,
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: SOURCE_IP, userAgent: headers['user-agent'] ?? '' },
    requestId,
    routeKey: route?.routeKey ?? '',
    stage: stage.stageName,
    time: requestTime(startedAt),
    timeEpoch: startedAt,
  };
}

function authorizerV2(authorization: Authorization): Record<string, unknown> {
  switch (authorization.kind) {
    case 'lambda':
      return { lambda: authorization.context };
    case 'jwt':
      return { jwt: { claims: authorization.claims, scopes: authorization.scopes } };
    case 'iam': {
      const { kind: _, ...iam } = authorization;
      return { iam: { ...iam, cognitoIdentity: null, principalOrgId: null } };
    }
  }
}

/** `requestContext` of payload format 1.0. */
export function requestContextV1(exchange: Exchange): Record<string, unknown> {
  const { api, accountId, domainName, requestId, route, stage, startedAt, method, path, headers } = exchange;
  const iam = exchange.authorization?.kind === 'iam' ? exchange.authorization : undefined;
  return {
    accountId,
    apiId: api.apiId,
    authorizer: authorizerV1(exchange.authorization),
    domainName,
    domainPrefix: api.apiId,
    extendedRequestId: requestId,
    httpMethod: method,
    identity: {
      accessKey: iam?.accessKey ?? null,
      accountId: iam?.accountId ?? null,
      caller: iam?.callerId ?? null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: SOURCE_IP,
      user: iam?.userId ?? null,
      userAgent: headers['user-agent'] ?? '',
      userArn: iam?.userArn ?? null,
    },
    path,
    protocol: 'HTTP/1.1',
    requestId,
    requestTime: requestTime(startedAt),
    requestTimeEpoch: startedAt,
    resourceId: route?.routeKey ?? '',
    resourcePath: routePathOf(exchange),
    stage: stage.stageName,
  };
}

function authorizerV1(authorization: Authorization | undefined): Record<string, unknown> {
  if (authorization?.kind === 'lambda') {
    return {
      ...authorization.context,
      ...(authorization.principalId ? { principalId: authorization.principalId } : {}),
    };
  }
  if (authorization?.kind === 'jwt') return { claims: authorization.claims, scopes: authorization.scopes };
  return { claims: null, scopes: null };
}

/** `/pets/{id}` of the route `GET /pets/{id}`; `$default` of `$default`. */
export const routePathOf = ({ route }: Exchange): string => route?.routeKey.split(' ').at(-1) ?? '';
