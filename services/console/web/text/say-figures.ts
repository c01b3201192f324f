import { grouped } from './grouped.ts';
import { visible } from './visible.ts';

const MINUTE_MS = 60_000;

/** `3 min ago`, `in 2 h`: the distance of an instant, in its largest unit. */
export function ago(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < 10_000) return 'just now';
  const said = lasted(distance);
  return at <= now ? `${said} ago` : `in ${said}`;
}

/** `42 s`, `3 min`, `2 h`, `5 d`. */
export function lasted(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < MINUTE_MS) return `${Math.round(ms / 1_000)} s`;
  if (ms < 60 * MINUTE_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  if (ms < 48 * 60 * MINUTE_MS) return `${Math.round(ms / MINUTE_MS / 60)} h`;
  return `${Math.round(ms / MINUTE_MS / 60 / 24)} d`;
}

/** `21 Nov 03:12 UTC`; people of one incident sit in several time zones. */
export function utc(at: number): string {
  const [, day, month, , time] = /^\w+, (\d+) (\w+) (\d+) (\d+:\d+)/.exec(new Date(at).toUTCString()) ?? [];
  return `${day} ${month} ${time} UTC`;
}

/** `21 Nov`, UTC. */
export const utcDay = (at: number): string => utc(at).split(' ').slice(0, 2).join(' ');

/** `03:12:09.123`, UTC. */
export const clockTime = (at: number): string => new Date(at).toISOString().slice(11, 23);

/** `1.94 s`, `210 ms`: three digits. */
export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '–';
  if (ms >= 60_000) return `${threeDigits(ms / 60_000)} min`;
  return ms >= 1_000 ? `${threeDigits(ms / 1_000)} s` : `${threeDigits(ms)} ms`;
}

const threeDigits = (value: number): string => grouped(Number(value.toPrecision(3)), { most: 2 });

/** `12,345`. */
export const count = (value: number): string => grouped(value);

/** `0.25`, `12,345`: what may be less than one, such as calls a minute. */
export const rough = (value: number): string =>
  Math.abs(value) < 10 ? String(Number(value.toPrecision(2))) : count(value);

/** `128 MB`. */
export const megabytes = (value: number): string => `${count(value)} MB`;

/** `$0.0123`: two digits that mean something, or cents. */
export function usd(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '$0';
  const sign = value < 0 ? '−' : '';
  if (size >= 0.1) return `${sign}$${grouped(size, { most: 2, least: 2 })}`;
  return `${sign}$${grouped(Number(size.toPrecision(2)), { most: 10 })}`;
}

/** `99.98 %`; never rounded up to a hundred. Errors may be above it: `142 %`. A share of nothing is none. */
export function percent(value: number): string {
  if (Number.isNaN(value)) return '–';
  return `${value < 100 ? Number(Math.min(value, 99.99).toFixed(2)) : count(Math.round(value))} %`;
}

/** A measured value with its unit: shares as percentages, anything else in three digits. */
export function measured(value: number, unit: string): string {
  if (unit === 'share') return percent(100 * value);
  if (unit === 'ms') return duration(value);
  return `${grouped(Number(value.toPrecision(3)), { most: 3 })} ${visible(unit)}`;
}
