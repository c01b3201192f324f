import {
  type Attempt,
  type AttemptLine,
  attributeStream,
  type LogEvent,
  type LogSource,
} from '@lamplighter/lambda-logs';

/** An attempt and every event of it, in order. */
export interface AttributedAttempt {
  readonly attempt: Attempt;
  readonly lines: readonly AttemptLine[];
}

/** The attempts that a stream's events show, each with its own events. */
export function attributedAttempts(
  events: readonly LogEvent[],
  source: Pick<LogSource, 'logStream'>,
): AttributedAttempt[] {
  const { attempts, linesOf } = attributeStream(events, source);
  return attempts.map((attempt) => ({ attempt, lines: linesOf(attempt) }));
}

/** When an attempt began, or, where that is not known, when its first event was written; epoch milliseconds. */
export function beginOf({ attempt, lines }: AttributedAttempt): number {
  return attempt.startedAt ?? firstEventAt(lines);
}

export function firstEventAt(lines: readonly AttemptLine[]): number {
  return lines.reduce((earliest, { event }) => Math.min(earliest, event.timestamp), Number.POSITIVE_INFINITY);
}
