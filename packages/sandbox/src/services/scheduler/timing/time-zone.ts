/** Wall-clock times of one time zone: epoch milliseconds as if the local time were UTC. */
export interface TimeZone {
  toLocal(utcMs: number): number;
  /** The first instant with that local time; undefined for one that the zone skips when its clocks go forward. */
  toUtc(localMs: number): number | undefined;
}

/** A zone of the IANA database; undefined where there is none of that name. */
export function timeZone(name: string): TimeZone | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { ...PARTS, timeZone: name });
  } catch {
    return undefined;
  }
  const toLocal = (utcMs: number): number => {
    const part = Object.fromEntries(format.formatToParts(utcMs).map(({ type, value }) => [type, Number(value)]));
    const whole = Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second);
    return whole + (((utcMs % 1000) + 1000) % 1000);
  };
  const toUtc = (localMs: number): number | undefined => {
    // The offsets of a day before and after include both sides of any change.
    const offsets = [localMs - DAY_MS, localMs + DAY_MS].map((nearby) => toLocal(nearby) - nearby);
    const instants = offsets.map((offset) => localMs - offset).filter((instant) => toLocal(instant) === localMs);
    return instants.length === 0 ? undefined : Math.min(...instants);
  };
  return { toLocal, toUtc };
}

const DAY_MS = 86_400_000;
const PARTS = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;
