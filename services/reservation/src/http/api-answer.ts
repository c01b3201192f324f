import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ProblemError } from '../domain/api/answer-schemas.ts';
import { type ProblemName, problemOf } from '../domain/api/problem.ts';

/** What an operation answers, before it is HTTP. */
export type ApiAnswer =
  | {
      readonly kind: 'done';
      readonly status: number;
      /** Absent for 304. */
      readonly body?: unknown;
      readonly entityTag?: string;
    }
  | {
      readonly kind: 'problem';
      readonly name: ProblemName;
      readonly errors?: readonly ProblemError[];
      readonly retryAfterSeconds?: number;
    };

export const problem = (
  name: ProblemName,
  more: { errors?: readonly ProblemError[]; retryAfterSeconds?: number } = {},
): ApiAnswer => ({
  kind: 'problem',
  name,
  ...more,
});

/** What holds for all answers: guests' data is for the caller alone, and is asked for again before it is shown again. */
const HEADERS = {
  'cache-control': 'private, no-cache',
  vary: 'Authorization',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=63072000',
};

/** An answer as API Gateway takes it (payload format 2.0). */
export function rendered(answer: ApiAnswer, requestId: string): APIGatewayProxyStructuredResultV2 {
  if (answer.kind === 'problem') return renderedProblem(answer, requestId);
  const { status, body, entityTag } = answer;
  return {
    statusCode: status,
    headers: {
      ...HEADERS,
      ...(entityTag !== undefined && { etag: entityTag }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

function renderedProblem(
  { name, errors, retryAfterSeconds }: Extract<ApiAnswer, { kind: 'problem' }>,
  requestId: string,
): APIGatewayProxyStructuredResultV2 {
  const instance = `urn:lamplighter:reservation:request:${requestId}`;
  const document = problemOf(name, { instance, ...(errors && { errors: [...errors] }) });
  return {
    statusCode: document.status,
    headers: {
      ...HEADERS,
      'cache-control': 'no-store',
      'content-type': 'application/problem+json',
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify(document),
  };
}
