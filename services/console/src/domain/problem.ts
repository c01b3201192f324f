/** An answer that is not what was asked for, as RFC 9457 says it. `detail` is a sentence with a way out. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

const problem =
  (status: number, code: string, title: string) =>
  (detail: string): Problem => ({ status, code, title, detail });

export const badRequest = problem(400, 'BAD_REQUEST', 'The request cannot be read');
export const forbidden = problem(403, 'FORBIDDEN', 'This is not allowed');
export const notFound = problem(404, 'NOT_FOUND', 'There is no such thing');
export const tooLong = problem(406, 'TOO_LONG', 'The answer cannot be sent like this');
export const conflict = problem(409, 'CONFLICT', 'It is decided already');
/** 404, not 503: nothing is broken, and no alarm on server errors should say so. */
export const notDeployed = problem(404, 'NOT_DEPLOYED', 'The service is not deployed');
export const serviceFailed = problem(502, 'SERVICE_FAILED', 'The service behind this failed');
