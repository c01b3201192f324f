import type { LogEvent } from '../log-batch.ts';
import type { PlatformRecord } from '../records/log-record.ts';
import type { LifecycleMark } from './brackets/invocation-span.ts';

/** A stream's distinct events in order, with what each looks like: a platform record, or undefined for anything else. */
export interface StreamRecords {
  readonly events: readonly LogEvent[];
  readonly records: readonly (PlatformRecord | undefined)[];
}

const NO_FIGURES = { durationMs: undefined, initDurationMs: undefined, memorySizeMb: undefined };

/** In order. */
export function lifecycleMarks({ events, records }: StreamRecords): LifecycleMark[] {
  const marks: LifecycleMark[] = [];
  for (let position = 0; position < records.length; position++) {
    const record = records[position];
    if (record === undefined) continue;
    if (record.kind !== 'start' && record.kind !== 'end' && record.kind !== 'report') continue;
    const { kind, format, requestId } = record;
    if (requestId === undefined) continue;
    const { durationMs, initDurationMs, memorySizeMb } = kind === 'report' ? record : NO_FIGURES;
    const { timestamp } = events[position] as LogEvent;
    marks.push({ position, kind, format, requestId, timestamp, durationMs, initDurationMs, memorySizeMb });
  }
  return marks;
}

/** Records that only an environment's initialisation produces: what follows one belongs to the next invocation. */
export function isInitRecord(record: PlatformRecord | undefined): boolean {
  switch (record?.kind) {
    case 'init-start':
    case 'init-runtime-done':
    case 'init-report':
    case 'restore-start':
    case 'restore-runtime-done':
    case 'restore-report':
    case 'extension':
    case 'subscription':
      return true;
    default:
      return false;
  }
}
