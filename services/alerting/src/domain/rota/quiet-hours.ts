import type { Severity } from '@lamplighter/contracts';
import { DateTime } from 'luxon';
import type { QuietHours } from '../policy/policy.ts';
import { isBelow } from '../severity.ts';

/**
 * Until when an alert of that severity has to wait, epoch milliseconds; undefined when it need not.
 * Quiet hours from 22:00 until 07:00 belong to the day on which they begin. Equal times are a whole day.
 */
export function quietUntil(quiet: QuietHours | undefined, severity: Severity, at: number): number | undefined {
  if (quiet === undefined || !isBelow(severity, quiet.below)) return undefined;
  let end: number | undefined;
  // Quiet days that follow each other are one quiet time.
  for (let day = 0; day < 8; day++) {
    const next = endOfQuiet(quiet, end ?? at);
    if (next === undefined) break;
    end = next;
  }
  return end;
}

function endOfQuiet(quiet: QuietHours, at: number): number | undefined {
  const today = DateTime.fromMillis(at, { zone: quiet.zone }).startOf('day');
  for (const day of [today, today.minus({ days: 1 })]) {
    if (!quiet.weekdays.includes(day.weekday)) continue;
    const from = timeOn(day, quiet.from);
    const until = quiet.until > quiet.from ? timeOn(day, quiet.until) : timeOn(day.plus({ days: 1 }), quiet.until);
    if (from <= at && at < until) return until;
  }
  return undefined;
}

function timeOn(day: DateTime, at: string): number {
  const [hour, minute] = at.split(':').map(Number);
  return day.set({ hour: hour!, minute: minute! }).toMillis();
}
