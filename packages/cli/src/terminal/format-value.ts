const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;
/** Largest first: a span is told in the first unit it fills. */
const SPANS: readonly (readonly [number, string])[] = [
  [YEAR, 'year'],
  [30 * DAY, 'month'],
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [SECOND, 'second'],
];

/** `2026-11-21 09:00:00.123 UTC` */
export function formatTime(epochMs: number): string {
  return `${new Date(epochMs).toISOString().replace('T', ' ').replace('Z', '')} UTC`;
}

/** `3 hours ago`, `in 2 days`, `now` */
export function formatRelative(epochMs: number, now: number): string {
  const distance = Math.abs(now - epochMs);
  const [size, unit] = SPANS.find(([each]) => distance >= each) ?? [0, ''];
  if (size === 0) return 'now';
  const count = Math.floor(distance / size);
  const span = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return epochMs <= now ? `${span} ago` : `in ${span}`;
}

/** `37.62 ms`, `12.30 s`, `15 min 0 s`: as exact as a person can use. */
export function formatDuration(ms: number): string {
  if (ms < 10 * SECOND) return `${trimNumber(ms)} ms`;
  if (ms < MINUTE) return `${(ms / SECOND).toFixed(2)} s`;
  const minutes = Math.floor(ms / MINUTE);
  return `${minutes} min ${Math.round((ms - minutes * MINUTE) / SECOND)} s`;
}

/** Costs of one invocation are millionths of a dollar. */
export function formatCost(usd: number): string {
  return usd >= 0.01 ? `$${usd.toFixed(4)}` : `$${trimNumber(Number(usd.toFixed(10)), 10)}`;
}

/** `1 event`, `2 events` */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}

/** At most `digits` behind the point, none of them an idle zero, never an exponent. */
function trimNumber(value: number, digits = 2): string {
  return value.toFixed(digits).replace(/\.?0+$/, '') || '0';
}
