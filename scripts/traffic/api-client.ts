import type { TrafficTarget } from './traffic-target.ts';

export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** After `/mobile/v1`. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiResult {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly entityTag: string | undefined;
}

/** A caller that waits longer has gone away. */
const PATIENCE_MS = 30_000;

/** Calls the mobile API. Throws where no answer comes. */
export async function callApi(
  { apiUrl, token }: TrafficTarget,
  call: ApiCall,
  signal: AbortSignal,
): Promise<ApiResult> {
  const { method, path, body, headers = {} } = call;
  const response = await fetch(`${apiUrl.replace(/\/$/, '')}/mobile/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await token()}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
  });
  const text = await response.text();
  return { status: response.status, body: recordOf(text), entityTag: response.headers.get('etag') ?? undefined };
}

/** An answer that is no JSON object is a failure that its status tells. */
function recordOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
