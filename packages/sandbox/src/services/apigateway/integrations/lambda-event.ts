import type { Exchange } from '../gateway/exchange.ts';
import type { PayloadFormatVersion } from '../http-api/http-api.ts';
import { requestContextV1, requestContextV2, routePathOf } from './event-context.ts';

/**
 * The event that a function receives.
 * Source: API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs", Lambda function payload format.
 */
export function lambdaEvent(exchange: Exchange, version: PayloadFormatVersion): Record<string, unknown> {
  return version === '2.0' ? eventV2(exchange) : eventV1(exchange);
}

function eventV2(exchange: Exchange): Record<string, unknown> {
  const { route, path, rawQuery, cookies, headers, pathParameters, stage } = exchange;
  const query = queryV2(exchange.query);
  return {
    version: '2.0',
    routeKey: route?.routeKey ?? '',
    rawPath: path,
    rawQueryString: rawQuery,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(query ? { queryStringParameters: query } : {}),
    requestContext: requestContextV2(exchange),
    ...(pathParameters ? { pathParameters } : {}),
    ...stageVariablesOf(stage.stageVariables),
    ...bodyOf(exchange),
  };
}

function eventV1(exchange: Exchange): Record<string, unknown> {
  const { path, method, cookies, query, pathParameters, stage } = exchange;
  const headers = { ...exchange.headers, ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}) };
  const names = [...new Set(query.keys())];
  const all = Object.fromEntries(names.map((name) => [name, query.getAll(name)]));
  const last = Object.fromEntries(names.map((name) => [name, query.getAll(name).at(-1)]));
  return {
    version: '1.0',
    resource: routePathOf(exchange),
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: names.length > 0 ? last : null,
    multiValueQueryStringParameters: names.length > 0 ? all : null,
    requestContext: requestContextV1(exchange),
    pathParameters: pathParameters ?? null,
    stageVariables: Object.keys(stage.stageVariables).length > 0 ? stage.stageVariables : null,
    ...{ body: null, ...bodyOf(exchange) },
  };
}

/** Values of one name are joined by commas. */
export function queryV2(query: URLSearchParams): Record<string, string> | undefined {
  const names = [...new Set(query.keys())];
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, query.getAll(name).join(',')]));
}

export const stageVariablesOf = (stageVariables: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.keys(stageVariables).length > 0 ? { stageVariables } : {};

function bodyOf({ wire }: Exchange): { readonly body?: string; readonly isBase64Encoded: boolean } {
  if (wire.body.length === 0) return { isBase64Encoded: false };
  const isText = isTextBody(wire.headers);
  return { body: wire.body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

/** Text, JSON, XML and JavaScript go as they are; all else, and whatever is encoded, in base64 (forms too, as on AWS). */
function isTextBody(headers: Readonly<Record<string, string>>): boolean {
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') return false;
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  return /^text\/|^application\/(?:json|xml|javascript)$|\+(?:json|xml)$/.test(type);
}
