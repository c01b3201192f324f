import type { GuardrailConfig } from './guardrail-config.ts';

type Freeze = GuardrailConfig['freezes'][number];

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Whether a freeze is in force at an instant, epoch milliseconds. A weekly one that ends before it begins ends on the next day. */
export function freezeAt(freeze: Freeze, at: number): boolean {
  if (freeze.kind === 'dates') return Date.parse(freeze.from) <= at && at < Date.parse(freeze.until);
  const today = localTime(at, freeze.zone);
  if (freeze.from < freeze.until) {
    return freeze.weekdays.includes(today.weekday) && freeze.from <= today.time && today.time < freeze.until;
  }
  // By the calendar: a day may have 23 hours.
  const yesterday = ((today.weekday + 5) % 7) + 1;
  const began = freeze.weekdays.includes(today.weekday) && today.time >= freeze.from;
  return began || (freeze.weekdays.includes(yesterday) && today.time < freeze.until);
}

function localTime(at: number, timeZone: string): { weekday: number; time: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { weekday: WEEKDAYS.indexOf(parts.weekday ?? '') + 1, time: `${parts.hour}:${parts.minute}` };
}
