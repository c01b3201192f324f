/** A problem as the API tells it (RFC 9457), or as the page sees it where there was no answer. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;

  constructor({ status, code, detail }: { status: number; code: string; detail: string }) {
    super(detail);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
  }
}

type Headers = Readonly<Record<string, string>>;

/** The newest answer to each path, with its tag: an unchanged one costs a few bytes. */
const known = new Map<string, { readonly etag: string; readonly body: unknown }>();
const MOST_KNOWN = 200;

let authorize: (request: {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}) => Promise<Headers> = async () => ({});
/** The server's time less ours, ms. */
let ahead = 0;

/** Says how requests are signed in. */
export function authorizeBy(how: typeof authorize): void {
  authorize = how;
}

/** The server's clock as far as we know it, epoch milliseconds. */
export const serverNow = (): number => Date.now() + ahead;

/** Asks the API. The same object comes back while nothing changed. @throws ApiProblem */
export async function get<Body>(path: string): Promise<Body> {
  const before = known.get(path);
  const response = await send('GET', path, '', before ? { 'if-none-match': before.etag } : {});
  if (response.status === 304 && before) return before.body as Body;
  const body = (await response.json()) as Body;
  const etag = response.headers.get('etag');
  if (known.size >= MOST_KNOWN) known.clear();
  if (etag !== null) known.set(path, { etag: etag.replace(/^W\//, ''), body });
  return body;
}

/** Has the API do something. @throws ApiProblem */
export async function post<Body>(path: string, what: object): Promise<Body> {
  const response = await send('POST', path, JSON.stringify(what), {
    'content-type': 'application/json',
    'x-lamplighter-console': '1',
  });
  return (await response.json()) as Body;
}

async function send(method: string, path: string, body: string, headers: Headers): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: { ...headers, ...(await authorize({ method, path, body })) },
      cache: 'no-store',
      signal: AbortSignal.timeout(30_000),
      ...(method === 'GET' ? {} : { body }),
    });
  } catch (error) {
    if (error instanceof ApiProblem) throw error;
    throw new ApiProblem({ status: 0, code: 'UNREACHABLE', detail: 'The console’s API cannot be reached.' });
  }
  const now = Number(response.headers.get('x-lamplighter-now'));
  if (now > 0) ahead = now - Date.now();
  if (response.ok || response.status === 304) return response;
  throw await problemOf(response);
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const { status } = response;
  const said = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
  const generic: Record<number, string> = {
    401: 'The sign-in has ended. Reload the page to sign in again.',
    403: 'This is not allowed.',
    429: 'Too many requests at once; it goes on in a moment.',
  };
  const detail = said.detail ?? generic[status] ?? `The API answered ${status}.`;
  return new ApiProblem({ status, code: said.code ?? `HTTP_${status}`, detail });
}
