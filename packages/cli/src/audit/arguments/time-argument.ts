const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `2026-11-21` */
const DAY_LENGTH = 10;

/** A point in time as a user writes it: `2h` (ago), `2026-11-21`, `2026-11-21T09:00:00Z`, or epoch milliseconds. Undefined where it is none; UTC unless it says otherwise. */
export function parseTimeArgument(text: string, now: number): number | undefined {
  const ago = /^(\d+)([smhdw])$/.exec(text);
  if (ago) return now - Number(ago[1]) * (UNITS[ago[2] ?? ''] ?? 0);
  if (/^\d{12,14}$/.test(text)) return Number(text);
  if (!isDay(text.slice(0, DAY_LENGTH))) return undefined;
  const iso = text.replace(' ', 'T');
  const time = Date.parse(/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(iso) || !iso.includes('T') ? iso : `${iso}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** Whether it is a day of the calendar: `Date.parse` takes 30 February for a day in March. */
function isDay(text: string): boolean {
  const start = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(text);
}
