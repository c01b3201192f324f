/** The header that only a page of our own origin can send without a preflight, which nothing here answers. */
export const CONSOLE_HEADER = 'x-lamplighter-console';

type Headers = Readonly<Record<string, string | undefined>>;

/**
 * Why a request that would change something may come from a page of somebody else's, or undefined where it cannot: it must be JSON and bear
 * the console's header, and a browser must call it same-origin. A sign-in by token is not sent by browsers of themselves; this holds where there is none.
 */
export function forgedBecause(method: string, headers: Headers): string | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (headers[CONSOLE_HEADER] === undefined) return `Requests that change something need the header ${CONSOLE_HEADER}.`;
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return 'The body has to be application/json.';
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return 'Another site sent this request.';
  if (site === undefined && headers.origin !== undefined)
    return 'This browser does not say which site sent the request.';
  return undefined;
}
