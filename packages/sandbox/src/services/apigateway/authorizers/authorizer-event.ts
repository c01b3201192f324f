import type { ServiceContext } from '../../../core/service.ts';
import { type Exchange, pathWithinStage } from '../gateway/exchange.ts';
import type { RequestAuthorizer } from '../http-api/http-api.ts';
import { requestContextV1, requestContextV2, routePathOf } from '../integrations/event-context.ts';
import { queryV2, stageVariablesOf } from '../integrations/lambda-event.ts';
import { routeArn } from './route-arn.ts';

/** What an authorizer function receives. Source: as {@link authorizeByFunction}, payload format. */
export function authorizerEvent(
  context: ServiceContext,
  exchange: Exchange,
  { payloadFormatVersion, isToken }: RequestAuthorizer,
  identity: readonly string[],
): Record<string, unknown> {
  const { headers, cookies, path, method, pathParameters, query, stage, rawQuery, route } = exchange;
  if (isToken) return { type: 'TOKEN', methodArn: routeArn(context, exchange), authorizationToken: identity[0] };
  if (payloadFormatVersion === '1.0') {
    const event = {
      version: '1.0',
      type: 'REQUEST',
      methodArn: routeArn(context, exchange),
      identitySource: identity.join(','),
      authorizationToken: identity.join(','),
      resource: routePathOf(exchange),
      path,
      httpMethod: method,
      headers: { ...headers, ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}) },
      queryStringParameters: queryV2(query) ?? {},
      pathParameters: pathParameters ?? {},
      stageVariables: stage.stageVariables,
      requestContext: requestContextV1(exchange),
    };
    if (!exchange.api.rest) return event;
    const { version: _, identitySource: _source, authorizationToken: _token, ...restEvent } = event;
    return { ...restEvent, path: pathWithinStage(exchange) };
  }
  return {
    version: '2.0',
    type: 'REQUEST',
    routeArn: routeArn(context, exchange),
    identitySource: identity,
    routeKey: route?.routeKey ?? '',
    rawPath: path,
    rawQueryString: rawQuery,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(rawQuery === '' ? {} : { queryStringParameters: queryV2(query) }),
    requestContext: requestContextV2(exchange),
    ...(pathParameters ? { pathParameters } : {}),
    ...stageVariablesOf(stage.stageVariables),
  };
}
