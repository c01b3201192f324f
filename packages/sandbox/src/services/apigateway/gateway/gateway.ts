import type { ServiceContext, WebDoor, WireRequest, WireResponse } from '../../../core/service.ts';
import { Authorizers } from '../authorizers/authorizers.ts';
import { type ApiStore, deployedTo } from '../http-api/api-store.ts';
import { integrate } from '../integrations/integrate.ts';
import { ResponseCache } from '../rest-api/response-cache.ts';
import type { RestMethod } from '../rest-api/rest-api.ts';
import { restRefusal } from '../rest-api/rest-refusal.ts';
import { isPreflight, preflightAnswer, withCors } from './cors.ts';
import { type Exchange, newExchange } from './exchange.ts';
import {
  forbidden,
  type GatewayAnswer,
  GatewayRefusal,
  notFound,
  refusalAnswer,
  tooLarge,
  tooManyRequests,
} from './gateway-answer.ts';
import { type Located, locate } from './locate.ts';
import { recordExchange } from './record-exchange.ts';
import { selectRoute } from './select-route.ts';
import { selectStage } from './select-stage.ts';
import { Throttle } from './throttle.ts';

/** Sources: API Gateway Developer Guide, "Quotas for configuring and running an HTTP API". */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;
const LARGEST_HEADERS_BYTES = 10_240;

/** The invoke URLs of HTTP APIs: a request is routed, throttled, authorized, integrated, and recorded. */
export class Gateway implements WebDoor {
  readonly #store: ApiStore;
  readonly #context: ServiceContext;
  readonly #authorizers: Authorizers;
  readonly #throttle: Throttle;
  readonly #cache: ResponseCache;

  constructor(store: ApiStore) {
    this.#store = store;
    this.#context = store.context;
    this.#authorizers = new Authorizers(store.context);
    this.#throttle = new Throttle(store.context.clock);
    this.#cache = new ResponseCache(store.context.clock);
  }

  owns(request: WireRequest): boolean {
    return locate(request) !== undefined;
  }

  reach({ hostname, pathname, search }: URL): string | undefined {
    const located = locate({
      method: 'GET',
      url: `${pathname}${search}`,
      headers: { host: hostname },
      body: Buffer.alloc(0),
    });
    if (!located || !this.#store.find(located.apiId)) return undefined;
    return `${this.#store.endpoint(located.apiId)}${pathname}${search}`;
  }

  async serve(wire: WireRequest): Promise<WireResponse> {
    const began = performance.now();
    const located = locate(wire);
    const exchange = located && this.#exchange(wire, located);
    if (!exchange) return rendered(refusalAnswer(this.#isHttpApi(located) ? notFound() : forbidden()));
    const { cors } = exchange.deployed;
    const answer =
      cors && isPreflight(wire) ? preflightAnswer(cors, wire.headers.origin) : await this.#answer(exchange);
    const final = cors && !isPreflight(wire) ? withCors(answer, cors, wire.headers.origin) : answer;
    const latencyMs = Math.round(performance.now() - began);
    recordExchange(this.#context, { exchange, answer: final, latencyMs });
    return rendered(final, exchange);
  }

  #isHttpApi(located: Located | undefined): boolean {
    const api = located && this.#store.find(located.apiId);
    return api !== undefined && !api.rest;
  }

  /** Nothing where there is no such API, its default endpoint is off, or no stage serves it. */
  #exchange(wire: WireRequest, located: Located): Exchange | undefined {
    const api = this.#store.find(located.apiId);
    const selected = api && !api.settings.disableExecuteApiEndpoint ? selectStage(api, located.path) : undefined;
    const deployed = api && selected && deployedTo(api, selected.stage);
    if (!api || !selected || !deployed) return undefined;
    const match = selectRoute(deployed.routes.values(), wire.method, selected.routePath);
    const { region, accountId, clock } = this.#context;
    return newExchange({
      wire,
      located,
      api,
      stage: selected.stage,
      deployed,
      route: match?.route,
      ...(match?.pathParameters ? { pathParameters: match.pathParameters } : {}),
      region,
      accountId,
      now: clock.now(),
    });
  }

  /** What a REST API's method asks for before anything else: its parameters, and a key. */
  #checkMethod(exchange: Exchange, { requiredParameters, isApiKeyRequired }: RestMethod): void {
    const missing = requiredParameters.filter((name) => !hasParameter(exchange, name));
    if (missing.length > 0) {
      const names = missing.map((name) => name.split('.').slice(3).join('.')).join(', ');
      throw new GatewayRefusal(400, `Missing required request parameters: [${names}]`, 'BAD_REQUEST_PARAMETERS');
    }
    if (isApiKeyRequired) exchange.notes.apiKey = this.#store.usage.admit(exchange, this.#throttle);
  }

  async #answer(exchange: Exchange): Promise<GatewayAnswer> {
    try {
      if (!exchange.route) throw notFound();
      checkSize(exchange.wire);
      if (exchange.route.rest) this.#checkMethod(exchange, exchange.route.rest);
      if (!this.#throttle.admits(exchange)) throw tooManyRequests();
      const authorization = await this.#authorizers.authorize(exchange);
      if (authorization) exchange.authorization = authorization;
      return await this.#cache.through(exchange, () => integrate(this.#context, exchange));
    } catch (error) {
      if (!(error instanceof GatewayRefusal)) throw error;
      exchange.notes.errorMessage = error.message;
      exchange.notes.errorType = error.responseType;
      return exchange.api.rest ? restRefusal(exchange, error) : refusalAnswer(error);
    }
  }
}

/** `method.request.querystring.page`, `method.request.header.X`, `method.request.path.id` */
function hasParameter({ query, headers, pathParameters }: Exchange, parameter: string): boolean {
  const [, , place, ...rest] = parameter.split('.');
  const name = rest.join('.');
  if (place === 'querystring') return query.get(name) !== null && query.get(name) !== '';
  if (place === 'header') return headers[name.toLowerCase()] !== undefined;
  return pathParameters?.[name] !== undefined;
}

function checkSize({ body, headers, url, method }: WireRequest): void {
  if (body.length > LARGEST_BODY_BYTES) throw tooLarge();
  const bytes = Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  if (bytes + url.length + method.length > LARGEST_HEADERS_BYTES) {
    throw new GatewayRefusal(431, 'Request Header Fields Too Large', 'REQUEST_TOO_LARGE');
  }
}

function rendered({ status, headers, cookies, body }: GatewayAnswer, exchange?: Exchange): WireResponse {
  const id = exchange?.requestId ?? '';
  const identity = exchange?.api.rest ? { 'x-amzn-requestid': id } : { 'apigw-requestid': id };
  return { status, headers: exchange ? { ...headers, ...identity } : headers, cookies, body };
}
