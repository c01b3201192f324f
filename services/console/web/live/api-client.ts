import { isSessionOver } from './session.ts';

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

let authorization: Headers = {};
let onRefused = (): void => {};
/** The server's time less ours, ms. */
let ahead = 0;

/** Says what header requests are signed in by, and what is done once the API holds it for nobody's. */
export function authorizeBy(header: string, refused: () => void): void {
  authorization = { authorization: header };
  onRefused = refused;
}

/** The server's clock as far as we know it, epoch milliseconds. */
export const serverNow = (): number => Date.now() + ahead;

/** Questions that are under way: the page asks its first one before there is anything to show it. */
const underWay = new Map<string, Promise<unknown>>();

/** Asks the API. The same object comes back while nothing changed; who asks what is being asked gets that answer. @throws ApiProblem */
export function get<Body>(path: string): Promise<Body> {
  const asked = (underWay.get(path) as Promise<Body> | undefined) ?? ask<Body>(path);
  underWay.set(path, asked);
  const isOver = (): void => {
    if (underWay.get(path) === asked) underWay.delete(path);
  };
  asked.then(isOver, isOver);
  return asked;
}

async function ask<Body>(path: string): Promise<Body> {
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
  // Answers to what was asked before may not know of it.
  underWay.clear();
  return (await response.json()) as Body;
}

async function send(method: string, path: string, body: string, headers: Headers): Promise<Response> {
  if (isSessionOver()) throw new ApiProblem({ status: 401, code: 'HTTP_401', detail: SIGN_IN_ENDED });
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: { ...headers, ...authorization },
      cache: 'no-store',
      signal: AbortSignal.timeout(30_000),
      ...(method === 'GET' ? {} : { body }),
    });
  } catch {
    throw new ApiProblem({ status: 0, code: 'UNREACHABLE', detail: 'The console’s API cannot be reached.' });
  }
  const now = Number(response.headers.get('x-lamplighter-now'));
  if (now > 0) ahead = now - Date.now();
  if (response.ok || response.status === 304) return response;
  if (response.status === 401) onRefused();
  throw await problemOf(response);
}

const SIGN_IN_ENDED = 'The sign-in has ended. Sign in again.';

async function problemOf(response: Response): Promise<ApiProblem> {
  const { status } = response;
  const said = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
  const generic: Record<number, string> = {
    401: SIGN_IN_ENDED,
    403: 'This is not allowed.',
    429: 'Too many requests at once; it goes on in a moment.',
  };
  const detail = said.detail ?? generic[status] ?? `The API answered ${status}.`;
  return new ApiProblem({ status, code: said.code ?? `HTTP_${status}`, detail });
}
