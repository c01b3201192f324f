import type { LogEvent } from '../log-batch.ts';
import type { LogFormat, PlatformRecord } from '../records/log-record.ts';
import type { InvocationSpan } from './brackets/invocation-span.ts';
import { INIT_START_SINCE, isExitsTail, isTrueFailure, type OwnedLines } from './outcome/failure-evidence.ts';
import type { StreamRecords } from './stream-records.ts';

/**
 * Of what looks like a platform record only what the platform can have written there is left; the rest becomes the application's. Returns
 * whether a failure is among what is left.
 */
export function disbelieve(
  events: readonly LogEvent[],
  records: (PlatformRecord | undefined)[],
  { spans, owners, format }: { spans: readonly InvocationSpan[]; owners: Int32Array; format: LogFormat | undefined },
): boolean {
  let hasFailures = false;
  for (let position = 0; position < records.length; position++) {
    const record = records[position];
    if (record === undefined) continue;
    const owner = owners[position] as number;
    const span = owner === -1 ? undefined : spans[owner];
    const own = format ?? formatOf(records, span);
    const isForeign = own !== undefined && record.format !== own;
    const place = {
      position,
      timestamp: (events[position] as LogEvent).timestamp,
      span,
      isStrict: format !== undefined,
    };
    if (isForeign || !isBelievable(record, place)) records[position] = undefined;
    else if (isFailure(record)) hasFailures = true;
  }
  return hasFailures;
}

/** What the platform writes of one invocation is of one format. */
function formatOf(
  records: readonly (PlatformRecord | undefined)[],
  span: InvocationSpan | undefined,
): LogFormat | undefined {
  return span && records[span.report ?? span.start ?? span.first]?.format;
}

const isFailure = (record: PlatformRecord | undefined): boolean =>
  record?.kind === 'timeout' || record?.kind === 'exit' || record?.kind === 'fault';

/** From the end, because an exit is refuted by any line of the application behind it. */
export function dismissFalseFailures(
  stream: StreamRecords,
  owned: OwnedLines,
  records: (PlatformRecord | undefined)[],
): void {
  const end = owned.span.report ?? owned.span.end ?? Number.POSITIVE_INFINITY;
  let hasOutputBehind = false;
  for (let index = owned.positions.length - 1; index >= 0; index--) {
    const position = owned.positions[index] as number;
    const isFalse = isFailure(records[position]) && !isTrueFailure(stream, owned, { position, hasOutputBehind });
    if (isFalse) records[position] = undefined;
    const isOutput = position < end && records[position] === undefined;
    hasOutputBehind ||= isOutput && !isExitsTail((stream.events[position] as LogEvent).message);
  }
}

interface Place {
  readonly position: number;
  readonly timestamp: number;
  readonly span: InvocationSpan | undefined;
  /** In the stream of an environment that runs one invocation at a time. */
  readonly isStrict: boolean;
}

function isBelievable(record: PlatformRecord, place: Place): boolean {
  const { position, span } = place;
  switch (record.kind) {
    case 'start':
    case 'end':
    case 'report':
      return span !== undefined && span[record.kind] === position;
    case 'runtime-done':
    case 'timeout':
    case 'exit':
    case 'fault':
      return span !== undefined && (record.requestId === undefined || record.requestId === span.requestId);
    case 'init-start':
    case 'restore-start':
      return !isAmidInvocation(place);
    case 'init-report':
      return record.phase === 'invoke' || !isAmidModernText(record, place);
    case 'restore-report':
    case 'extension':
    case 'subscription':
      return !isAmidModernText(record, place);
    case 'xray':
      return !isAmidInvocation(place);
    default:
      return true;
  }
}

/** An environment does not initialise while it runs an invocation. */
function isAmidInvocation({ position, span, isStrict }: Place): boolean {
  return isStrict && span?.start !== undefined && position > span.start && position < span.last;
}

/** Logs older than INIT_START show what an initialisation wrote behind the START. */
function isAmidModernText({ format }: PlatformRecord, place: Place): boolean {
  return format === 'text' && place.timestamp >= INIT_START_SINCE && isAmidInvocation(place);
}
