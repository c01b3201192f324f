import { attributeStream, type LogEvent, parseLogEvent } from '@lamplighter/lambda-logs';
import type { ReplaySource } from './replay-source.ts';

/** What an audit of some logs has to hold, read from the logs alone. */
export interface ExpectedAudit {
  readonly platformRecords: number;
  readonly applicationLines: number;
  /** Requests that show a platform record. */
  readonly requestIds: ReadonlySet<string>;
}

/** Tells platform records from application lines, stream by stream, as the pipeline does: a record that an application forged is a line. */
export function expectAudit(sources: readonly ReplaySource[]): ExpectedAudit {
  const requestIds = new Set<string>();
  let platformRecords = 0;
  let events = 0;
  for (const source of sources) {
    const attribution = attributeStream(withIds(source), source);
    for (const attempt of attribution.attempts) {
      requestIds.add(attempt.requestId);
      platformRecords += attribution.linesOf(attempt).filter((line) => line.source === 'platform').length;
    }
    platformRecords += attribution.strays.filter(isStrayRecord).length;
    events += source.events.length;
  }
  return { platformRecords, applicationLines: events - platformRecords, requestIds };
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
