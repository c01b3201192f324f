import { randomBytes, randomUUID } from 'node:crypto';
import type { WireRequest } from '../../../core/service.ts';
import type { Deployable, HttpApi, Route, Stage } from '../http-api/http-api.ts';
import type { Located } from './locate.ts';
import { decoded } from './select-route.ts';

/** What an authorizer lets the integration know, under the name that the event has it by. */
export type Authorization =
  | {
      readonly kind: 'lambda';
      readonly context: Readonly<Record<string, unknown>> | null;
      readonly principalId?: string;
    }
  | {
      readonly kind: 'jwt';
      readonly claims: Readonly<Record<string, string>>;
      readonly scopes: readonly string[] | null;
    }
  | {
      readonly kind: 'iam';
      readonly accessKey: string;
      readonly accountId: string;
      readonly callerId: string;
      readonly userArn: string;
      readonly userId: string;
    };

/** One request on its way through an API: what was asked, and what has become known of it since. */
export interface Exchange {
  readonly wire: WireRequest;
  readonly api: HttpApi;
  readonly stage: Stage;
  readonly deployed: Deployable;
  readonly requestId: string;
  /** Epoch milliseconds of the sandbox's clock. */
  readonly startedAt: number;
  readonly accountId: string;
  readonly domainName: string;
  readonly method: string;
  /** Decoded, with a named stage: what AWS calls `rawPath` all the same. */
  readonly path: string;
  readonly rawQuery: string;
  readonly query: URLSearchParams;
  /** Without `cookie`, and with what the gateway adds. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly route: Route | undefined;
  readonly pathParameters?: Readonly<Record<string, string>>;
  authorization?: Authorization;
  /** For the access log. */
  readonly notes: ExchangeNotes;
}

export interface ExchangeNotes {
  authorizerError?: string;
  errorMessage?: string;
  errorType?: string;
  integrationError?: string;
  integrationLatencyMs?: number;
  /** What the integration's service answered: 200 for a function that ran. */
  integrationStatus?: number;
  /** What the function's own response said. */
  integrationResponseStatus?: number;
  integrationRequestId?: string;
  /** Of REST APIs: whether the stage's cache had the answer; absent where it was not asked. */
  isCacheHit?: boolean;
  apiKey?: { readonly id: string; readonly value: string };
}

export interface ExchangeStart {
  readonly wire: WireRequest;
  readonly located: Located;
  readonly api: HttpApi;
  readonly stage: Stage;
  readonly deployed: Deployable;
  readonly route: Route | undefined;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly region: string;
  readonly accountId: string;
  readonly now: number;
}

export function newExchange(start: ExchangeStart): Exchange {
  const { wire, located, region, now, ...rest } = start;
  const domainName = `${located.apiId}.execute-api.${region}.amazonaws.com`;
  return {
    ...rest,
    wire,
    requestId: start.api.rest ? randomUUID() : newRequestId(),
    startedAt: now,
    domainName,
    method: wire.method,
    path: decoded(located.path),
    rawQuery: located.query,
    query: new URLSearchParams(located.query),
    headers: forwardedHeaders(wire, domainName, now),
    cookies: cookiesOf(wire.headers.cookie),
    notes: {},
  };
}

/** `JKJaXmPLvHcESHA=`: the form that HTTP APIs give their request ids. */
const newRequestId = (): string => randomBytes(11).toString('base64').replaceAll('/', 'g').replaceAll('+', 'h');

const cookiesOf = (header: string | undefined): readonly string[] =>
  header === undefined ? [] : header.split(/;\s*/).filter((cookie) => cookie !== '');

function forwardedHeaders(wire: WireRequest, domainName: string, now: number): Record<string, string> {
  const { cookie: _, connection: _hop, ':authority': _http2, ...headers } = wire.headers;
  const trace = `Root=1-${Math.floor(now / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
  return {
    ...headers,
    'content-length': String(wire.body.length),
    host: domainName,
    'x-amzn-trace-id': headers['x-amzn-trace-id'] ?? trace,
    'x-forwarded-for': headers['x-forwarded-for'] ? `${headers['x-forwarded-for']}, ${SOURCE_IP}` : SOURCE_IP,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
  };
}

/** Only this machine reaches the sandbox. */
export const SOURCE_IP = '127.0.0.1';

/** The decoded path without the segment that named the stage. */
export function pathWithinStage({ path, stage }: Exchange): string {
  const prefix = `/${stage.stageName}`;
  const isNamed = stage.stageName !== '$default' && (path === prefix || path.startsWith(`${prefix}/`));
  return isNamed ? path.slice(prefix.length) || '/' : path;
}
