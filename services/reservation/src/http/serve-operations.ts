import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { PartnerDirectory } from '../api-ports.ts';
import { CHANNELS, OPERATIONS, type Operation, type OperationId, routeKeyOf } from '../domain/api/operations.ts';
import { type Caller, isAllowed } from '../domain/auth/caller.ts';
import type { Log } from '../runtime/safe-log.ts';
import { speakableError } from '../runtime/service-error.ts';
import { type ApiAnswer, problem, rendered } from './api-answer.ts';
import { readCaller } from './read-caller.ts';
import { type ApiRequest, readRequest } from './read-request.ts';

export interface ServeDeps {
  readonly partners: PartnerDirectory;
  readonly now: () => number;
  /** One line of each request: operation, status and problem; nothing of the caller or what was asked. */
  readonly log: Log;
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
  deps.log('info', 'request', {
    name: id ?? 'none',
    status: result.statusCode,
    ...(answer.kind === 'problem' && { code: answer.name }),
  });
  return result;
}

async function answerOf<Deps extends ServeDeps>(
  event: APIGatewayProxyEventV2,
  { operation, handler }: { readonly operation: Operation; readonly handler: OperationHandler<Deps> },
  deps: Deps,
): Promise<ApiAnswer> {
  try {
    // The type knows no authorizers: what is there is read by its schema.
    const { authorizer } = event.requestContext as { readonly authorizer?: unknown };
    const reading = await readCaller(authorizer, deps);
    if (reading.kind === 'expired') return problem('credentials-expired');
    if (reading.kind === 'unknown') return problem('caller-unknown');
    if (!isAllowed(reading.caller, operation.scope)) return problem('scope-missing');
    const read = readRequest(event, operation);
    if (read.kind === 'refused') return read.answer;
    return await handler(read.request, reading.caller, deps);
  } catch (error) {
    const { name, code } = speakableError(error);
    deps.log('error', 'the request failed', { errorName: name, code });
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
