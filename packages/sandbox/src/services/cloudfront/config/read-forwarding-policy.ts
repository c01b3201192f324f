import type { ForwardingPolicy, Selection } from './distribution.ts';
import { type Given, objectOf, refuseOthers, textsIn } from './property-reader.ts';

const NONE: Selection = { kind: 'none', names: [] };
const ALL: Selection = { kind: 'all', names: [] };

/** Reads `CachePolicyConfig`: of it only what reaches the origin has an effect here. */
export function readCachePolicy(given: Given): ForwardingPolicy {
  refuseOthers('CachePolicyConfig', given, [
    'Name',
    'Comment',
    'DefaultTTL',
    'MaxTTL',
    'MinTTL',
    'ParametersInCacheKeyAndForwardedToOrigin',
  ]);
  const {
    EnableAcceptEncodingGzip: _gzip,
    EnableAcceptEncodingBrotli: _brotli,
    ...rest
  } = objectOf(given.ParametersInCacheKeyAndForwardedToOrigin);
  return forwarding(rest);
}

/** Reads `OriginRequestPolicyConfig`. */
export function readOriginRequestPolicy({ Name: _name, Comment: _comment, ...rest }: Given): ForwardingPolicy {
  return forwarding(rest);
}

function forwarding(given: Given): ForwardingPolicy {
  refuseOthers('policy', given, ['HeadersConfig', 'CookiesConfig', 'QueryStringsConfig']);
  const { HeadersConfig, CookiesConfig, QueryStringsConfig } = given;
  const headers = selection(objectOf(HeadersConfig), 'HeaderBehavior', 'Headers');
  return {
    headers: { ...headers, names: headers.names.map((name) => name.toLowerCase()) },
    cookies: selection(objectOf(CookiesConfig), 'CookieBehavior', 'Cookies'),
    queryStrings: selection(objectOf(QueryStringsConfig), 'QueryStringBehavior', 'QueryStrings'),
  };
}

function selection(given: Given, behavior: string, list: string): Selection {
  const names = textsIn(given[list]);
  switch (given[behavior] ?? 'none') {
    case 'none':
      return NONE;
    case 'all':
    case 'allViewer':
      return ALL;
    case 'whitelist':
      return { kind: 'only', names };
    case 'allExcept':
      return { kind: 'except', names };
    default:
      throw new Error(`The sandbox does not emulate ${behavior} ${String(given[behavior])}.`);
  }
}

const policy = (headers: Selection, cookies: Selection, queryStrings: Selection): ForwardingPolicy => ({
  headers,
  cookies,
  queryStrings,
});
const only = (...names: readonly string[]): Selection => ({ kind: 'only', names });

/** Sources: CloudFront Developer Guide, "Use managed cache policies" and "Use managed origin request policies". */
export const MANAGED_POLICIES: ReadonlyMap<string, ForwardingPolicy> = new Map([
  ['658327ea-f89d-4fab-a63d-7e88639e58f6', policy(NONE, NONE, NONE)], // CachingOptimized
  ['4135ea2d-6df8-44a3-9df3-4b5a84be39ad', policy(NONE, NONE, NONE)], // CachingDisabled
  ['216adef6-5c7f-47e4-b989-5492eafa07d3', policy(ALL, ALL, ALL)], // AllViewer
  ['b689b0a8-53d0-40ab-baf2-68738e2966ac', policy({ kind: 'except', names: ['host'] }, ALL, ALL)], // AllViewerExceptHostHeader
  [
    '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf', // CORS-S3Origin
    policy(only('origin', 'access-control-request-headers', 'access-control-request-method'), NONE, NONE),
  ],
  ['59781a5b-3903-41f3-afcb-af62929ccde1', policy(only('origin'), NONE, NONE)], // CORS-CustomOrigin
]);
