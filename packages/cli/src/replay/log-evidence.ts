import {
  type Attempt,
  attributeStream,
  type LogEvent,
  parseLogEvent,
  type StreamAttribution,
} from '@lamplighter/lambda-logs';
import type { ReplaySource } from './input/replay-source.ts';

/** One attempt as the logs show it. */
export interface ShownAttempt {
  readonly attempt: Attempt;
  readonly source: ReplaySource;
  readonly attribution: StreamAttribution;
}

/** What the logs show by themselves: the measure of the audit that comes out of the pipeline. */
export interface LogEvidence {
  readonly platformRecords: number;
  readonly applicationLines: number;
  /** By request id. */
  readonly attempts: ReadonlyMap<string, readonly ShownAttempt[]>;
}

/** Tells platform records from application lines, stream by stream, as the pipeline does: a record that an application forged is a line. */
export function readEvidence(sources: readonly ReplaySource[]): LogEvidence {
  const attempts = new Map<string, ShownAttempt[]>();
  let platformRecords = 0;
  let events = 0;
  for (const source of sources) {
    const attribution = attributeStream(withIds(source), source);
    for (const attempt of attribution.attempts) {
      const known = attempts.get(attempt.requestId);
      if (known) known.push({ attempt, source, attribution });
      else attempts.set(attempt.requestId, [{ attempt, source, attribution }]);
      for (const line of attribution.linesOf(attempt)) if (line.source === 'platform') platformRecords++;
    }
    platformRecords += attribution.strays.filter(isStrayRecord).length;
    events += source.events.length;
  }
  return { platformRecords, applicationLines: events - platformRecords, attempts };
}

/** Ids that keep the order: events of the same millisecond stay as the input has them. */
function withIds(source: ReplaySource): readonly LogEvent[] {
  return source.events.map(({ timestamp, message }, index) => ({
    id: String(index).padStart(12, '0'),
    timestamp,
    message,
  }));
}

/** Records of an environment that ran no invocation; what looks like one of an invocation and stands in none was forged or torn off. */
function isStrayRecord(event: LogEvent): boolean {
  const { kind } = parseLogEvent(event);
  return kind !== 'application' && kind !== 'span';
}
