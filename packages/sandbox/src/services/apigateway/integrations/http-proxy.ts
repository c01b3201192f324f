import type { Exchange } from '../gateway/exchange.ts';
import type { GatewayAnswer } from '../gateway/gateway-answer.ts';
import type { Integration } from '../http-api/http-api.ts';

/** Belong to one connection, and are not passed on. Source: RFC 9110, section 7.6.1. */
const HOP_HEADERS = [
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'upgrade',
  'te',
  'expect',
];

/** Nothing answers at an integration's URL. */
export class Unreachable extends Error {}

/** Passes a request on to a URL; `{name}` in it is the route's path parameter. Throws {@link Unreachable}. */
export async function proxyHttp(
  exchange: Exchange,
  integration: Integration,
  signal: AbortSignal,
): Promise<GatewayAnswer> {
  const { method, rawQuery, headers, cookies, wire } = exchange;
  const url = integration.integrationUri.replace(/\{(\w+)\+?\}/g, (_, name: string) =>
    (exchange.pathParameters?.[name] ?? '').split('/').map(encodeURIComponent).join('/'),
  );
  const passed = Object.entries(headers).filter(([name]) => !HOP_HEADERS.includes(name));
  const asked = integration.integrationMethod === 'ANY' ? method : integration.integrationMethod;
  const response = await fetch(rawQuery === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${rawQuery}`, {
    method: asked,
    headers: { ...Object.fromEntries(passed), ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}) },
    redirect: 'manual',
    signal,
    ...(asked === 'GET' || asked === 'HEAD' ? {} : { body: new Uint8Array(wire.body) }),
  }).catch((cause: unknown) => {
    throw new Unreachable(`${url} does not answer.`, { cause });
  });
  const answered = [...response.headers].filter(
    ([name]) => ![...HOP_HEADERS, 'set-cookie', 'content-encoding'].includes(name),
  );
  return {
    status: response.status,
    headers: Object.fromEntries(answered),
    cookies: response.headers.getSetCookie(),
    body: Buffer.from(await response.arrayBuffer()),
  };
}
