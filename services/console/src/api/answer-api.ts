import { createHash } from 'node:crypto';
import { forgedBecause } from '../domain/forged-request.ts';
import { badRequest, forbidden, notFound, type Problem } from '../domain/problem.ts';
import type { ApiDeps, ApiRequest } from './api-request.ts';
import { ProblemError } from './problem-error.ts';
import { ROUTES } from './routes.ts';

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The server's clock, epoch milliseconds; beside the body, so that an unchanged answer stays unchanged. */
const NOW_HEADER = 'x-lamplighter-now';

const MOST_BODY_CHARACTERS = 10_000;

/** One request through the API: whoever forges is refused, who has the newest answer already gets 304, a problem is told as RFC 9457 says. */
export async function answerApi(request: ApiRequest, deps: ApiDeps): Promise<ApiResponse> {
  try {
    return fresh(request, await answered(request, deps), deps.now());
  } catch (error) {
    if (error instanceof ProblemError) return problemResponse(error.problem);
    throw error;
  }
}

async function answered(request: ApiRequest, deps: ApiDeps): Promise<unknown> {
  const forged = forgedBecause(request.method, request.headers);
  if (forged !== undefined) throw new ProblemError(forbidden(forged));
  if (request.body.length > MOST_BODY_CHARACTERS) throw new ProblemError(badRequest('The body is too long.'));
  const name = `${request.method} ${request.path}`;
  const endpoint = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
  if (endpoint === undefined) throw new ProblemError(notFound('The API has no such path.'));
  return endpoint(request, deps);
}

function fresh({ headers }: ApiRequest, answer: unknown, now: number): ApiResponse {
  const body = JSON.stringify(answer);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const about = { ...COMMON, etag, [NOW_HEADER]: String(now) };
  // CloudFront weakens the tags of answers that it compresses.
  if (headers['if-none-match']?.replace(/^W\//, '') === etag) return { status: 304, headers: about, body: '' };
  return { status: 200, headers: { ...about, 'content-type': 'application/json' }, body };
}

/** A problem as a response. */
export function problemResponse({ status, code, title, detail }: Problem): ApiResponse {
  return {
    status,
    headers: { ...COMMON, 'content-type': 'application/problem+json' },
    body: JSON.stringify({ type: 'about:blank', status, code, title, detail }),
  };
}

const COMMON = {
  'cache-control': 'private, no-cache',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
} as const;
