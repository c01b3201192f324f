import type { MinuteLoad } from './minute-load.ts';

/** Calls of a day (UTC), how long new environments took to begin, and the same of the minutes for which no environments were kept ready. Plain JSON. */
export interface ColdDay {
  /** Epoch milliseconds. */
  readonly start: number;
  readonly calls: number;
  readonly initMs: number;
  readonly onDemand: { readonly calls: number; readonly coldStarts: number; readonly initMs: number };
}

const DAY_MS = 86_400_000;
const DAYS_KEPT = 14;

/**
 * Takes the minutes of a settled hour in. Calls that meet environments which are kept ready do not tell how many would be cold without: they are counted
 * apart.
 */
export function tallyCold(days: readonly ColdDay[], hour: number, loads: readonly MinuteLoad[]): readonly ColdDay[] {
  const calls = sum(loads, (load) => load.calls);
  if (calls === 0) return days;
  const start = Math.floor(hour / DAY_MS) * DAY_MS;
  const last = days.at(-1);
  const isGoingOn = last?.start === start;
  const known = isGoingOn ? last : NOTHING;
  const onDemand = loads.filter(({ isProvisioned }) => !isProvisioned);
  const day = {
    start,
    calls: known.calls + calls,
    initMs: known.initMs + sum(loads, (load) => load.initMs),
    onDemand: {
      calls: known.onDemand.calls + sum(onDemand, (load) => load.calls),
      coldStarts: known.onDemand.coldStarts + sum(onDemand, (load) => load.coldStarts),
      initMs: known.onDemand.initMs + sum(onDemand, (load) => load.initMs),
    },
  };
  const before = isGoingOn ? days.slice(0, -1) : days;
  return [...before.filter((one) => one.start > start - DAYS_KEPT * DAY_MS), day];
}

const NOTHING: Omit<ColdDay, 'start'> = { calls: 0, initMs: 0, onDemand: { calls: 0, coldStarts: 0, initMs: 0 } };

const sum = (loads: readonly MinuteLoad[], of: (load: MinuteLoad) => number): number =>
  loads.reduce((total, load) => total + of(load), 0);
