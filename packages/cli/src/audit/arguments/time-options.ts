import type { TimeRange } from '../../findings/read-windows.ts';
import { InputError } from '../../input-error.ts';
import { formatMinute } from '../../terminal/format-value.ts';
import { parseTimeArgument } from './time-argument.ts';

/** The options that bound what is looked at, as the user wrote them. */
export interface TimeOptions {
  readonly since?: string;
  readonly until?: string;
}

const DAY_MS = 86_400_000;

/** Reads `--since` and `--until`; one that was not given is absent. Throws an {@link InputError} for a text that is no time, and for an end that is not after its beginning. */
export function readTimeOptions({ since, until }: TimeOptions, now: number): Partial<TimeRange> {
  const range = {
    ...(since !== undefined && { since: readTime('since', since, now) }),
    ...(until !== undefined && { until: readTime('until', until, now) }),
  };
  if (range.since !== undefined && range.until !== undefined && range.since >= range.until)
    throw new InputError('usage', `--since ${since} is not before --until ${until}.`, 'Exchange them.');
  return range;
}

/** The range of {@link readTimeOptions}; where no beginning is named, the day before its end, which is now by default. Throws an {@link InputError} too for a beginning that is still to come. */
export function rangeOrLastDay(options: TimeOptions, now: number): TimeRange {
  const { since, until = now } = readTimeOptions(options, now);
  if (since !== undefined && since >= until)
    throw new InputError(
      'usage',
      `--since ${options.since} is not before now, ${formatMinute(now)} there.`,
      'Name an earlier time; one without a zone is UTC.',
    );
  return { since: since ?? until - DAY_MS, until };
}

function readTime(name: 'since' | 'until', text: string, now: number): number {
  const time = parseTimeArgument(text, now);
  if (time !== undefined) return time;
  throw new InputError('usage', `--${name} ${text} is no time.`, 'Use 2h, 2026-11-21, or 2026-11-21T09:00:00Z.');
}
