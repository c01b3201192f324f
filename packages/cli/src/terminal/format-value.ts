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

/** `2026-11-21 09:00 UTC` */
export function formatMinute(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `3 hours ago`, `now`; undefined of what is ahead: another clock than ours tells the time there. */
export function formatAgo(epochMs: number, now: number): string | undefined {
  const distance = now - epochMs;
  if (distance < 0) return undefined;
  const [size, unit] = SPANS.find(([each]) => distance >= each) ?? [0, ''];
  if (size === 0) return 'now';
  const count = Math.floor(distance / size);
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}

/** `37.62 ms`, `12.30 s`, `15 min 0 s`, `24 h 0 min`: as exact as a person can use. */
export function formatDuration(ms: number): string {
  if (ms < 10 * SECOND) return `${trimNumber(ms)} ms`;
  if (ms < MINUTE) return `${(ms / SECOND).toFixed(2)} s`;
  const seconds = Math.round(ms / SECOND);
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Costs of one invocation are millionths of a dollar. */
export function formatCost(usd: number): string {
  return usd >= 0.01 ? `$${usd.toFixed(4)}` : `$${trimNumber(Number(usd.toFixed(10)), 10)}`;
}

/** Sums of money in a table: `$1,204.50`, `$0.70`, `$0.0319`, `$0.00021`: cents, and below a dollar the digits that count. */
export function formatAmount(usd: number): string {
  const said = (value: number, maximumFractionDigits: number) =>
    `$${value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits })}`;
  if (usd >= 1) return said(usd, 2);
  if (usd >= 0.01) return said(Number(usd.toPrecision(3)), 4);
  return `$${trimNumber(Number(usd.toPrecision(2)), 10)}`;
}

/** `1 event`, `2 events` */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}

/** At most `digits` behind the point, none of them an idle zero, never an exponent. */
function trimNumber(value: number, digits = 2): string {
  return value.toFixed(digits).replace(/\.?0+$/, '') || '0';
}
