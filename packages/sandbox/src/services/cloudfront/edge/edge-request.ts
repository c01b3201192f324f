import type { CloudFrontStore } from '../config/cloudfront-store.ts';
import type { CacheBehavior, ForwardingPolicy, Selection } from '../config/distribution.ts';

/** A viewer's request; a function may change it before it goes on. */
export interface EdgeRequest {
  readonly method: string;
  /** Still encoded, without the query. */
  readonly uri: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface EdgeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/** Reach the origin whatever the policies say: they are about the body, ranges and conditions. */
const ALWAYS = [
  'content-type',
  'content-encoding',
  'range',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'if-range',
];

/**
 * What of a viewer's request reaches the origin: what cache policy and origin request policy name. `Authorization` passes by itself in
 * requests that change something. Source: CloudFront Developer Guide, "Request and response behavior for custom origins".
 */
export function forwardedRequest(store: CloudFrontStore, behavior: CacheBehavior, request: EdgeRequest): EdgeRequest {
  const policies = [behavior.cachePolicyId, behavior.originRequestPolicyId]
    .filter((id) => id !== undefined)
    .map((id) => store.policies.get(id) as ForwardingPolicy);
  const passes = (of: (policy: ForwardingPolicy) => Selection, name: string) =>
    policies.some((policy) => selects(of(policy), name));
  const writes = request.method !== 'GET' && request.method !== 'HEAD';
  const headers = Object.entries(request.headers).filter(
    ([name]) =>
      name !== 'cookie' &&
      (ALWAYS.includes(name) || (writes && name === 'authorization') || passes(({ headers: all }) => all, name)),
  );
  const cookies = (request.headers.cookie ?? '')
    .split(/;\s*/)
    .filter((cookie) => cookie !== '' && passes(({ cookies: all }) => all, cookie.split('=')[0] ?? ''));
  const query = request.query
    .split('&')
    .filter((pair) => pair !== '' && passes(({ queryStrings: all }) => all, decoded(pair.split('=')[0] ?? '')));
  return {
    ...request,
    headers: { ...Object.fromEntries(headers), ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}) },
    query: query.join('&'),
  };
}

function selects({ kind, names }: Selection, name: string): boolean {
  if (kind === 'all' || kind === 'none') return kind === 'all';
  return names.includes(name) === (kind === 'only');
}

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
