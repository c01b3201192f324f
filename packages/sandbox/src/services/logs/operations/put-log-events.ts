import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import { type GroupReference, groupName } from '../log-resources.ts';
import { batchBytes } from '../log-store.ts';
import type { LogInput } from '../logs-peer.ts';
import type { LogsState } from '../logs-state.ts';

// Limits: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
const MAX_BATCH_BYTES = 1_048_576;
const MAX_BATCH_EVENTS = 10_000;
const DAY_MS = 86_400_000;
const MAX_AGE_MS = 14 * DAY_MS;
const MAX_FUTURE_MS = 2 * 3_600_000;

interface PutLogEvents extends GroupReference {
  readonly logStreamName: string;
  readonly logEvents: readonly LogInput[];
}

/** Which events of a batch were not taken, by their index in it. */
interface Rejected {
  readonly tooNewLogEventStartIndex?: number;
  readonly tooOldLogEventEndIndex?: number;
  readonly expiredLogEventEndIndex?: number;
}

export function putLogEvents({ context, store, ingestion, resources }: LogsState): JsonOperation {
  return {
    permissions: (input: PutLogEvents) => resources.onStream('PutLogEvents', input, input.logStreamName),
    handle(input: PutLogEvents) {
      assertBatch(input.logEvents);
      const group = store.group(groupName(input));
      const stream = store.stream(group, input.logStreamName);
      const { accepted, rejected } = sift(input.logEvents, context.clock.now(), group.retentionInDays);
      ingestion.accept(
        group,
        stream,
        accepted.map(({ timestamp, message }) => ({ timestamp, message })),
        context.accountId,
      );
      return {
        nextSequenceToken: String(context.clock.now()).padStart(56, '0'),
        ...(rejected ? { rejectedLogEventsInfo: rejected } : {}),
      };
    },
  };
}

function assertBatch(events: readonly LogInput[] | undefined): asserts events {
  if (!events?.length || events.some(({ message }) => !message)) {
    throw invalid(
      "1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  }
  if (events.length > MAX_BATCH_EVENTS) {
    throw invalid(
      `1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length less than or equal to ${MAX_BATCH_EVENTS}`,
    );
  }
  for (const event of events) {
    const bytes = batchBytes([event]);
    if (bytes > MAX_BATCH_BYTES)
      throw invalid(`Log event too large: ${bytes} bytes exceeds limit of ${MAX_BATCH_BYTES}`);
  }
  const bytes = batchBytes(events);
  if (bytes > MAX_BATCH_BYTES) throw invalid(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BATCH_BYTES}`);
  const times = events.map(({ timestamp }) => timestamp);
  if (times.some((time, index) => index > 0 && time < (times[index - 1] as number))) {
    throw invalid('Log events in a single PutLogEvents request must be in chronological order.');
  }
  if ((times.at(-1) as number) - (times[0] as number) > DAY_MS) {
    throw invalid('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
  }
}

function sift(
  events: readonly LogInput[],
  now: number,
  retentionInDays = Number.POSITIVE_INFINITY,
): { accepted: readonly LogInput[]; rejected?: Rejected } {
  const expired = events.filter(({ timestamp }) => timestamp < now - retentionInDays * DAY_MS).length;
  const tooOld = events.filter(({ timestamp }) => timestamp < now - MAX_AGE_MS).length;
  const newFrom = events.findIndex(({ timestamp }) => timestamp > now + MAX_FUTURE_MS);
  const accepted = events.slice(Math.max(expired, tooOld), newFrom < 0 ? events.length : newFrom);
  if (accepted.length === events.length) return { accepted };
  return {
    accepted,
    rejected: {
      ...(newFrom < 0 ? {} : { tooNewLogEventStartIndex: newFrom }),
      ...(tooOld === 0 ? {} : { tooOldLogEventEndIndex: tooOld }),
      ...(expired === 0 ? {} : { expiredLogEventEndIndex: expired }),
    },
  };
}

function invalid(message: string): ApiError {
  return new ApiError('InvalidParameterException', message);
}
