import type { QueuedEvent } from './async-queue.ts';

/** AWS documents no name for an event that the loop detection dropped: the last one is the sandbox's. */
export type Condition =
  | 'Success'
  | 'RetriesExhausted'
  | 'EventAgeExceeded'
  | 'ZeroReservedConcurrency'
  | 'RecursiveInvocation';

/**
 * What a destination is told about an asynchronous invocation, member for member as real records show it:
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html. `functionArn` always ends with a qualifier.
 */
export function invocationRecord(options: {
  readonly event: QueuedEvent;
  readonly condition: Condition;
  readonly functionArn: string;
  readonly now: number;
}): Record<string, unknown> {
  const { event, condition, functionArn, now } = options;
  const { last } = event;
  return {
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: { requestId: event.requestId, functionArn, condition, approximateInvokeCount: event.attempts },
    requestPayload: JSON.parse(event.payload) as unknown,
    ...(last
      ? {
          responseContext: {
            statusCode: last.statusCode,
            executedVersion: last.executedVersion,
            ...(last.functionError ? { functionError: last.functionError } : {}),
          },
          responsePayload: JSON.parse(last.payload.toString('utf8')) as unknown,
        }
      : {}),
  };
}
