import { type DayTest, dayOfMonthField, dayOfWeekField } from './cron-days.ts';
import { valuesField } from './cron-values.ts';
import type { Schedule } from './schedule.ts';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const LAST_YEAR = 2199;
const DAY_MS = 86_400_000;

/** Reads the six fields of a cron expression of AWS: minutes, hours, day of month, month, day of week, year. Undefined where they are none. */
export function parseCron(text: string): Schedule | undefined {
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = '', ...more] = text
    .trim()
    .split(/\s+/);
  // One of the two day fields has to be `?`.
  if (more.length > 0 || (dayOfMonth === '?') === (dayOfWeek === '?')) return undefined;
  const minutes = valuesField(minute, 0, 59);
  const hours = valuesField(hour, 0, 23);
  const months = valuesField(month, 1, 12, MONTHS);
  const years = valuesField(year, 1970, LAST_YEAR);
  const isDay = dayOfMonth === '?' ? dayOfWeekField(dayOfWeek) : dayOfMonthField(dayOfMonth);
  if (!minutes || !hours || !months || !years || !isDay) return undefined;
  return (afterMs) => nextAfter(afterMs, { minutes, hours, months, years, isDay });
}

interface CronFields {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
  readonly isDay: DayTest;
}

function nextAfter(afterMs: number, fields: CronFields): number | undefined {
  for (let dayMs = Math.floor(afterMs / DAY_MS) * DAY_MS; ; dayMs += DAY_MS) {
    const day = new Date(dayMs);
    if (day.getUTCFullYear() > LAST_YEAR) return undefined;
    const isDue =
      fields.years.has(day.getUTCFullYear()) && fields.months.has(day.getUTCMonth() + 1) && fields.isDay(day);
    const at = isDue ? firstTimeAfter(dayMs, afterMs, fields) : undefined;
    if (at !== undefined) return at;
  }
}

function firstTimeAfter(dayMs: number, afterMs: number, { hours, minutes }: CronFields): number | undefined {
  for (const hour of hours) {
    for (const minute of minutes) {
      const at = dayMs + hour * 3_600_000 + minute * 60_000;
      if (at > afterMs) return at;
    }
  }
  return undefined;
}
