import { DateTime } from 'luxon';
import type { Rota } from '../policy/policy.ts';

/**
 * Who is on call at an instant. Turns are counted in local calendar days, so a day of 23 or 25 hours is one day, and a hand-over at a local time that
 * the clocks skip takes place as much later as they skip (02:30 is 03:30 then), one that comes twice at its first time.
 * @param at epoch milliseconds
 */
export function onCall(rota: Rota, at: number): string {
  const now = DateTime.fromMillis(at, { zone: rota.zone });
  const standIn = rota.overrides.findLast(({ from, until }) => {
    return localTime(from, rota.zone) <= at && at < localTime(until, rota.zone);
  });
  if (standIn !== undefined) return standIn.person;
  const turns = turnsSince(rota, now);
  const count = rota.people.length;
  return rota.people[((turns % count) + count) % count]!;
}

function turnsSince({ since, handOver, zone }: Rota, now: DateTime): number {
  const first = DateTime.fromISO(since, { zone });
  if (handOver.every === 'day') return daysBetween(first, lastDayWithHandOver(now, handOver.at));
  const firstTurn = first.minus({ days: (first.weekday - handOver.weekday + 7) % 7 });
  const newest = lastDayWithHandOver(now, handOver.at);
  const thisTurn = newest.minus({ days: (newest.weekday - handOver.weekday + 7) % 7 });
  return Math.round(daysBetween(firstTurn, thisTurn) / 7);
}

/** Today, or yesterday where today's hand-over is still to come. */
function lastDayWithHandOver(now: DateTime, at: string): DateTime {
  const today = now.startOf('day');
  return atTime(today, at) <= now ? today : today.minus({ days: 1 });
}

function atTime(day: DateTime, at: string): DateTime {
  const [hour, minute] = at.split(':').map(Number);
  return day.set({ hour: hour!, minute: minute! });
}

const daysBetween = (from: DateTime, to: DateTime): number =>
  Math.round(
    to
      .startOf('day')
      .setZone('utc', { keepLocalTime: true })
      .diff(from.startOf('day').setZone('utc', { keepLocalTime: true }), 'days').days,
  );

/** A local time of a zone, epoch milliseconds. */
export const localTime = (text: string, zone: string): number => DateTime.fromISO(text, { zone }).toMillis();
