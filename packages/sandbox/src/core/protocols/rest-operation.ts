import type { ApiCall, Caller, RequiredPermission, WireRequest, WireResponse } from '../service.ts';

/** One request of a REST-JSON protocol, taken apart. */
export interface RestInput {
  /** Path parameters by name, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** JSON members of the body; empty for Invoke, whose body is the payload. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface RestRequest {
  readonly input: RestInput;
  readonly wire: WireRequest;
  readonly caller: Caller;
}

/** One operation: its route as the AWS model writes it, what a caller's role must allow, and what it does. */
export interface RestOperation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/2015-03-31/functions/{FunctionName}/invocations` */
  readonly route: string;
  /** The body is not JSON but a payload. */
  readonly isRawBody?: boolean;
  permissions(input: RestInput): readonly RequiredPermission[];
  handle(request: RestRequest): Promise<WireResponse> | WireResponse;
}

export const json = (body: unknown, status = 200): WireResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export const noContent = (): WireResponse => ({ status: 204 });

/** The operation and input of a call that `describe` made. */
export interface RestCall extends ApiCall {
  readonly input: RestInput;
}
