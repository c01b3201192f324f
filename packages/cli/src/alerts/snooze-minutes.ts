import { InputError } from '../input-error.ts';

const UNIT_MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1_440 };
/** The alerting service takes no longer one. */
const MOST_MINUTES = 10_080;
const MINUTE_MS = 60_000;

/**
 * How long a snooze lasts, whole minutes: `90m`, `8h`, `2d`, or a time of day of this machine's zone, the next one.
 * @param now epoch milliseconds
 * @throws InputError `usage` for anything else, and for more than a week
 */
export function snoozeMinutes(text: string, now: number): number {
  const minutes = minutesOf(text, now);
  if (minutes !== undefined && minutes >= 1 && minutes <= MOST_MINUTES) return minutes;
  throw new InputError(
    'usage',
    `${text} is no time to be left alone for, a week at most.`,
    'Say how long (90m, 8h, 2d), or until what time of day (08:00).',
  );
}

function minutesOf(text: string, now: number): number | undefined {
  const [, count, unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (count !== undefined) return Number(count) * UNIT_MINUTES[unit]!;
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hour === undefined) return undefined;
  const then = new Date(now);
  then.setHours(Number(hour), Number(minute), 0, 0);
  if (then.getTime() <= now) then.setDate(then.getDate() + 1);
  return Math.ceil((then.getTime() - now) / MINUTE_MS);
}
