import type { WireRequest } from '../../../core/service.ts';
import type { CorsConfiguration } from '../http-api/http-api.ts';
import type { GatewayAnswer } from './gateway-answer.ts';

/** A browser's question before the request itself: answered by the gateway, whether or not a route would match. */
export const isPreflight = ({ method, headers }: WireRequest): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;

/** 204, with the allowances where the origin is allowed and without where it is not. */
export function preflightAnswer(cors: CorsConfiguration, origin: string | undefined): GatewayAnswer {
  const shared = originHeaders(cors, origin);
  const headers = shared && {
    ...shared,
    ...list('access-control-allow-methods', cors.allowMethods),
    ...list('access-control-allow-headers', cors.allowHeaders),
    ...(cors.maxAgeSeconds === undefined ? {} : { 'access-control-max-age': String(cors.maxAgeSeconds) }),
  };
  return { status: 204, headers: headers ?? {}, cookies: [], body: Buffer.alloc(0) };
}

/** Once CORS is configured, what the integration says of it is ignored. */
export function withCors(answer: GatewayAnswer, cors: CorsConfiguration, origin: string | undefined): GatewayAnswer {
  const own = Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-'));
  return { ...answer, headers: { ...Object.fromEntries(own), ...originHeaders(cors, origin) } };
}

function originHeaders(
  { allowOrigins, allowCredentials, exposeHeaders }: CorsConfiguration,
  origin: string | undefined,
): Record<string, string> | undefined {
  if (origin === undefined || !allowOrigins.some((pattern) => allows(pattern, origin))) return undefined;
  return {
    'access-control-allow-origin': allowOrigins.includes('*') ? '*' : origin,
    ...(allowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
    ...list('access-control-expose-headers', exposeHeaders),
  };
}

/** `*`, an origin, or one whose star stands for anything: `https://*`, `https://*.example.com`. */
function allows(pattern: string, origin: string): boolean {
  const [before = '', after] = pattern.toLowerCase().split('*');
  const asked = origin.toLowerCase();
  if (after === undefined) return before === asked;
  return asked.length > before.length + after.length && asked.startsWith(before) && asked.endsWith(after);
}

const list = (name: string, values: readonly string[]): Record<string, string> =>
  values.length > 0 ? { [name]: values.join(',') } : {};
