import type { WireRequest } from '../../../core/service.ts';
import { API_PATH } from '../http-api/api-store.ts';

/** Which API a request is for, and what it asks of it. */
export interface Located {
  readonly apiId: string;
  /** Still encoded; begins with a slash, and with the stage where it is a named one. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
}

/** `abcdefghij.execute-api.us-east-1.amazonaws.com`, or the same under `localhost`, which browsers resolve to this machine. */
const HOST = /^([a-z0-9]{10})\.execute-api\.[a-z0-9-]+\./;

/** Reads the API from the host name or from the path prefix of the sandbox's endpoint; nothing where the request names none. */
export function locate({ url, headers }: WireRequest): Located | undefined {
  const [path = '/', ...query] = url.split('?');
  const byHost = HOST.exec(headers.host ?? '')?.[1];
  if (byHost !== undefined) return { apiId: byHost, path, query: query.join('?') };
  if (!path.startsWith(API_PATH)) return undefined;
  const [apiId = '', ...rest] = path.slice(API_PATH.length).split('/');
  return { apiId, path: `/${rest.join('/')}`, query: query.join('?') };
}
