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
  return [...attributed(events, source).attempts];
}

/** What a stream's events show, and whether its environment may run several invocations at once. */
export interface Attributed {
  readonly attempts: readonly AttributedAttempt[];
  readonly isConcurrent: boolean;
}

export function attributed(events: readonly LogEvent[], source: Pick<LogSource, 'logStream'>): Attributed {
  const { attempts, linesOf, isConcurrent } = attributeStream(events, source);
  return { attempts: attempts.map((attempt) => ({ attempt, lines: linesOf(attempt) })), isConcurrent };
}

/** When an attempt began, or, where that is not known, when its first event was written; epoch milliseconds. */
export function beginOf({ attempt, lines }: AttributedAttempt): number {
  return attempt.startedAt ?? firstEventAt(lines);
}

export function firstEventAt(lines: readonly AttemptLine[]): number {
  return lines.reduce((earliest, { event }) => Math.min(earliest, event.timestamp), Number.POSITIVE_INFINITY);
}
