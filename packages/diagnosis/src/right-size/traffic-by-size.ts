import { fade, type Histogram } from '../statistics/histogram.ts';
import { observeWindow } from '../windows/observe-window.ts';
import type { AssessedWindow } from '../windows/window-input.ts';

/** Traffic at one memory size. */
export interface SizeTraffic {
  readonly memorySizeMb: number;
  readonly calls: number;
  readonly maxMemoryUsedMb: number;
  readonly durations: Histogram;
}

/** Sizes and what the calls of each took and used, from a function's windows in any order; doubles of a minute count once, the newest revision. */
export function trafficBySize(windows: readonly AssessedWindow[]): SizeTraffic[] {
  const newest = new Map<number, AssessedWindow>();
  for (const window of windows) {
    if ('missing' in window) continue;
    const known = newest.get(window.figures.start);
    if (known === undefined || known.revision < window.revision) newest.set(window.figures.start, window);
  }
  const sizes = new Map<number, SizeTraffic>();
  for (const start of [...newest.keys()].sort((a, b) => a - b)) {
    const seen = observeWindow(newest.get(start) as AssessedWindow);
    if (typeof seen === 'string' || 'isMissing' in seen || seen.calls === 0 || seen.memorySizeMb <= 0) continue;
    const before = sizes.get(seen.memorySizeMb);
    sizes.set(seen.memorySizeMb, {
      memorySizeMb: seen.memorySizeMb,
      calls: (before?.calls ?? 0) + seen.calls,
      maxMemoryUsedMb: Math.max(before?.maxMemoryUsedMb ?? 0, seen.memoryUsedMb),
      durations: fade(before?.durations ?? [], 1, seen.histogram),
    });
  }
  return [...sizes.values()];
}
