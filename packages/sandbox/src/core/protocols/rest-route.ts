import { ApiError, type WireRequest } from '../service.ts';
import type { RestInput, RestOperation } from './rest-operation.ts';

export interface Routed {
  readonly name: string;
  readonly operation: RestOperation;
  readonly input: RestInput;
}

export interface RouteOptions {
  /** The service's signing name, for the refusal of an operation that it does not have. */
  readonly service: string;
  /** The service's own error for a body that is not JSON. */
  readonly badBody: (message: string) => ApiError;
}

/** Finds the operation of a request by method and path; throws UnknownOperationException where there is none. */
export function route(
  operations: Readonly<Record<string, RestOperation>>,
  request: WireRequest,
  { service, badBody }: RouteOptions,
): Routed {
  const url = new URL(request.url, 'http://localhost');
  const segments = url.pathname.replace(/\/$/, '').split('/').slice(1);
  for (const [name, operation] of Object.entries(operations)) {
    if (operation.method !== request.method) continue;
    const path = match(operation.route, segments);
    if (path) {
      const body = operation.isRawBody ? {} : parseBody(request.body, badBody);
      return { name, operation, input: { path, query: url.searchParams, body } };
    }
  }
  throw new ApiError(
    'UnknownOperationException',
    `The sandbox has no ${service} operation ${request.method} ${url.pathname}.`,
    404,
  );
}

function match(pattern: string, segments: readonly string[]): Record<string, string> | undefined {
  const parts = pattern.split('/').slice(1);
  if (parts.length !== segments.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = decodeURIComponent(segments[index] as string);
    if (part.startsWith('{')) found[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return found;
}

function parseBody(body: Buffer, badBody: RouteOptions['badBody']): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  } catch {
    throw badBody('Could not parse request body into json.');
  }
}
