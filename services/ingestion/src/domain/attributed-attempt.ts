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
