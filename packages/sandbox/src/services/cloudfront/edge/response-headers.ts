import type { ResponseHeadersPolicy } from '../config/distribution.ts';
import type { EdgeResponse } from './edge-request.ts';

/** Puts a policy's headers on a response: those of the origin stay unless the policy overrides them. */
export function withResponseHeaders(
  policy: ResponseHeadersPolicy,
  response: EdgeResponse,
  viewerOrigin: string | undefined,
): EdgeResponse {
  const kept = Object.entries(response.headers).filter(([name]) => !policy.remove.includes(name));
  const headers = Object.fromEntries(kept);
  const set = [...policy.set, ...corsHeaders(policy.cors, viewerOrigin)];
  for (const { name, value, overrides } of set) if (overrides || headers[name] === undefined) headers[name] = value;
  return { ...response, headers };
}

function corsHeaders(cors: ResponseHeadersPolicy['cors'], origin: string | undefined): ResponseHeadersPolicy['set'] {
  if (!cors || origin === undefined) return [];
  const isAny = cors.origins.includes('*');
  if (!isAny && !cors.origins.includes(origin)) return [];
  const headers: readonly (readonly [string, string])[] = [
    ['access-control-allow-origin', isAny ? '*' : origin],
    ['access-control-allow-methods', cors.methods.join(', ')],
    ['access-control-allow-headers', cors.headers.join(', ')],
    ['access-control-expose-headers', cors.exposed.join(', ')],
    ['access-control-allow-credentials', cors.allowsCredentials ? 'true' : ''],
    ['access-control-max-age', cors.maxAgeSeconds === undefined ? '' : String(cors.maxAgeSeconds)],
  ];
  return headers
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ name, value, overrides: cors.overrides }));
}
