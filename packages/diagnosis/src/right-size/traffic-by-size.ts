import { fade, type Histogram } from '../statistics/histogram.ts';
import { observeWindow } from '../windows/observe-window.ts';
import type { AssessedWindow } from '../windows/window-input.ts';

/** Traffic at one memory size. */
export interface SizeTraffic {
  readonly memorySizeMb: number;
  readonly calls: number;
  readonly maxMemoryUsedMb: number;
  readonly durations: Histogram;
  /** Of all of them, ms. Absent: known by their bins alone. */
  readonly durationSumMs?: number;
  /** What was billed for them, ms in all: the starts of environments included, each call rounded up to a millisecond. Absent: not known. */
  readonly billedMs?: number;
}

type WindowWithFigures = Extract<AssessedWindow, { figures: unknown }>;

/** Known as long as every minute told it: one that did not has 0. */
function sumOf(before: SizeTraffic | undefined, added: number): Pick<SizeTraffic, 'durationSumMs'> {
  if (added <= 0 || (before !== undefined && before.durationSumMs === undefined)) return {};
  return { durationSumMs: (before?.durationSumMs ?? 0) + added };
}

/** Sizes and what the calls of each took and used, from a function's windows in any order; doubles of a minute count once, the newest revision. */
export function trafficBySize(windows: readonly AssessedWindow[]): SizeTraffic[] {
  const newest = new Map<number, WindowWithFigures>();
  for (const window of windows) {
    if ('missing' in window) continue;
    const known = newest.get(window.figures.start);
    if (known === undefined || known.revision < window.revision) newest.set(window.figures.start, window);
  }
  const sizes = new Map<number, SizeTraffic>();
  for (const start of [...newest.keys()].sort((a, b) => a - b)) {
    const window = newest.get(start) as WindowWithFigures;
    const seen = observeWindow(window);
    if (typeof seen === 'string' || 'isMissing' in seen || seen.calls === 0 || seen.memorySizeMb <= 0) continue;
    const before = sizes.get(seen.memorySizeMb);
    sizes.set(seen.memorySizeMb, {
      memorySizeMb: seen.memorySizeMb,
      calls: (before?.calls ?? 0) + seen.calls,
      maxMemoryUsedMb: Math.max(before?.maxMemoryUsedMb ?? 0, seen.memoryUsedMb),
      durations: fade(before?.durations ?? [], 1, seen.histogram),
      ...sumOf(before, seen.durationSumMs),
      billedMs: (before?.billedMs ?? 0) + window.figures.billedDurationMs,
    });
  }
  return [...sizes.values()];
}
