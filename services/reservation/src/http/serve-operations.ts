import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { PartnerDirectory } from '../api-ports.ts';
import { CHANNELS, OPERATIONS, type Operation, type OperationId, routeKeyOf } from '../domain/api/operations.ts';
import { type Caller, isAllowed } from '../domain/auth/caller.ts';
import { type ApiAnswer, problem, rendered } from './api-answer.ts';
import { readCaller } from './read-caller.ts';
import { type ApiRequest, readRequest } from './read-request.ts';

export interface ServeDeps {
  readonly partners: PartnerDirectory;
  readonly now: () => number;
  /** One line of each request: operation, status and problem; nothing of the caller or what was asked. */
  readonly served: (line: { readonly operation: string; readonly status: number; readonly problem?: string }) => void;
  /** What no operation foresaw, for the log; the caller is told that it failed. */
  readonly failed: (error: unknown) => void;
}

/** An operation's own part: a request of the right form, by a caller who has the scope. */
export type OperationHandler<Deps> = (request: ApiRequest, caller: Caller, deps: Deps) => Promise<ApiAnswer>;

const BY_ROUTE = new Map<string, OperationId>(
  CHANNELS.flatMap((channel) =>
    (Object.keys(OPERATIONS) as OperationId[]).map((id) => [routeKeyOf(channel, OPERATIONS[id]), id] as const),
  ),
);

/** Serves those operations of the API that a function has: who asks, whether they may, what they ask, and the answer as HTTP. Never throws. */
export async function serveOperations<Deps extends ServeDeps>(
  event: APIGatewayProxyEventV2,
  handlers: Partial<Record<OperationId, OperationHandler<Deps>>>,
  deps: Deps,
): Promise<APIGatewayProxyStructuredResultV2> {
  const id = BY_ROUTE.get(event.routeKey);
  const handler = id && handlers[id];
  const answer = handler ? await answerOf(event, { operation: OPERATIONS[id], handler }, deps) : problem('not-found');
  const result = rendered(answer, event.requestContext.requestId);
  deps.served({
    operation: id ?? 'none',
    status: result.statusCode ?? 0,
    ...(answer.kind === 'problem' && { problem: answer.name }),
  });
  return result;
}

async function answerOf<Deps extends ServeDeps>(
  event: APIGatewayProxyEventV2,
  { operation, handler }: { readonly operation: Operation; readonly handler: OperationHandler<Deps> },
  deps: Deps,
): Promise<ApiAnswer> {
  try {
    const context: { readonly authorizer?: unknown } = event.requestContext;
    const reading = await readCaller(context.authorizer, deps);
    if (reading.kind === 'expired') return problem('credentials-expired');
    if (reading.kind === 'unknown') return problem('caller-unknown');
    if (!isAllowed(reading.caller, operation.scope)) return problem('scope-missing');
    const read = readRequest(event, operation);
    if (read.kind === 'refused') return read.answer;
    return await handler(read.request, reading.caller, deps);
  } catch (error) {
    deps.failed(error);
    return isPassing(error) ? problem('unavailable', { retryAfterSeconds: 5 }) : problem('internal-error');
  }
}

/** Throttles and databases that wake up: the same request succeeds a little later. */
const PASSING = [
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'DatabaseResumingException',
  'StatementTimeoutException',
  'ServiceUnavailableError',
  'TimeoutError',
];
const isPassing = (error: unknown): boolean => error instanceof Error && PASSING.includes(error.name);
