import { randomBytes } from 'node:crypto';
import { escapeXml } from '../../../core/protocols/xml.ts';
import type { WebDoor, WireRequest, WireResponse } from '../../../core/service.ts';
import { CDN_PATH, type CloudFrontStore } from '../config/cloudfront-store.ts';
import type { CacheBehavior, Distribution, ResponseHeadersPolicy } from '../config/distribution.ts';
import { askOrigin } from './ask-origin.ts';
import { viewerRequest, viewerResponse } from './edge-function.ts';
import { type EdgeRequest, type EdgeResponse, forwardedRequest } from './edge-request.ts';
import { behaviorFor } from './path-pattern.ts';
import { withResponseHeaders } from './response-headers.ts';

const HOST = /^(d[a-z0-9]{13})\.cloudfront\./;

/** Serves distributions: functions, origins by path pattern, error pages, response headers. Nothing is cached: each answer is a miss. */
export class Edge implements WebDoor {
  readonly #store: CloudFrontStore;

  constructor(store: CloudFrontStore) {
    this.#store = store;
  }

  owns({ url, headers }: WireRequest): boolean {
    return url.startsWith(CDN_PATH) || HOST.test(headers.host ?? '');
  }

  reach({ hostname, pathname, search }: URL): string | undefined {
    const found = this.#store.byDomain(HOST.exec(hostname)?.[1] ?? '');
    return found && `${this.#store.context.endpoint()}${CDN_PATH}${found.id}${pathname}${search}`;
  }

  async serve(wire: WireRequest): Promise<WireResponse> {
    const located = this.#locate(wire);
    if (!located?.distribution.config.isEnabled) return rendered(errorPage(404, 'No such distribution.'));
    const { distribution, request } = located;
    const behavior = behaviorFor(distribution.config, request.uri);
    return rendered(await this.#answer(distribution, behavior, request));
  }

  #locate({ url, headers, method, body }: WireRequest) {
    const [path = '/', ...query] = url.split('?');
    const label = HOST.exec(headers.host ?? '')?.[1];
    const [id = '', ...rest] = path.slice(CDN_PATH.length).split('/');
    const distribution = label ? this.#store.byDomain(label) : this.#store.distributions.get(id);
    const uri = label ? path : `/${rest.join('/')}`;
    const { connection: _, 'content-length': _length, ...passed } = headers;
    return distribution && { distribution, request: { method, uri, query: query.join('?'), headers: passed, body } };
  }

  async #answer(distribution: Distribution, behavior: CacheBehavior, viewed: EdgeRequest): Promise<EdgeResponse> {
    if (!behavior.allowedMethods.includes(viewed.method)) {
      return errorPage(403, 'This distribution is not configured to allow the HTTP request method.');
    }
    const code = behavior.viewerRequestArn && this.#store.functions.get(behavior.viewerRequestArn);
    const changed = code ? await ran(viewerRequest(code, distribution, viewed)) : { request: viewed };
    if ('response' in changed) return changed.response;
    const fetched = await this.#fetch(distribution, behavior, changed.request);
    const response = await this.#withErrorPage(distribution, fetched, changed.request);
    return this.#finish(distribution, behavior, { request: changed.request, response });
  }

  #fetch(distribution: Distribution, behavior: CacheBehavior, request: EdgeRequest): Promise<EdgeResponse> {
    const { origins, defaultRootObject } = distribution.config;
    const origin = origins.find(({ id }) => id === behavior.targetOriginId)!;
    const forwarded = forwardedRequest(this.#store, behavior, request);
    const uri = request.uri === '/' && defaultRootObject !== '' ? `/${defaultRootObject}` : request.uri;
    return askOrigin(this.#store, { distribution, origin }, { ...forwarded, uri });
  }

  /** The page that the distribution has for this error, with the status that it then answers. */
  async #withErrorPage(
    distribution: Distribution,
    response: EdgeResponse,
    request: EdgeRequest,
  ): Promise<EdgeResponse> {
    const error = distribution.config.errors.find(({ errorCode }) => errorCode === response.status);
    if (!error?.pagePath) return error ? { ...response, status: error.responseCode } : response;
    const behavior = behaviorFor(distribution.config, error.pagePath);
    const asked = { ...request, method: 'GET', uri: error.pagePath, query: '', body: Buffer.alloc(0) };
    const page = await this.#fetch(distribution, behavior, asked);
    return page.status < 400 ? { ...page, status: error.responseCode } : response;
  }

  async #finish(
    distribution: Distribution,
    behavior: CacheBehavior,
    { request, response }: { readonly request: EdgeRequest; readonly response: EdgeResponse },
  ): Promise<EdgeResponse> {
    const { responseHeadersPolicyId: policyId, viewerResponseArn } = behavior;
    const policy = policyId && (this.#store.responseHeaders.get(policyId) as ResponseHeadersPolicy);
    const dressed = policy ? withResponseHeaders(policy, response, request.headers.origin) : response;
    const code = viewerResponseArn && this.#store.functions.get(viewerResponseArn);
    if (!code) return dressed;
    const changed = await ran(viewerResponse(code, { distribution, request }, dressed));
    return 'response' in changed ? changed.response : changed;
  }
}

/** What a function made of it, or the answer for a function that fails. */
async function ran<T>(work: Promise<T>): Promise<T | { readonly response: EdgeResponse }> {
  try {
    return await work;
  } catch (error) {
    return { response: errorPage(503, `The CloudFront function failed: ${escapeXml(String(error))}`) };
  }
}

const errorPage = (status: number, reason: string): EdgeResponse => ({
  status,
  headers: { 'content-type': 'text/html', 'x-cache': 'Error from cloudfront' },
  cookies: [],
  body: Buffer.from(`<h1>${status} ERROR</h1><p>${reason}</p>`),
});

function rendered({ status, headers, cookies, body }: EdgeResponse): WireResponse {
  const { 'content-length': _, connection: _hop, ...kept } = headers;
  const cache = status >= 400 ? 'Error from cloudfront' : 'Miss from cloudfront';
  const trace = {
    via: '1.1 sandbox.cloudfront.net (CloudFront)',
    'x-amz-cf-id': randomBytes(42).toString('base64url'),
  };
  return { status, headers: { 'x-cache': cache, ...kept, ...trace }, cookies, body };
}
