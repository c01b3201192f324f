import type { FunctionWindow } from '@lamplighter/contracts';
import type { TailFit } from '@lamplighter/time-series';
import type { MinuteFigures } from '../verify/judge-repair.ts';
import { readSketch, tailOf } from './latency-sketch.ts';
import type { MeteredMinute } from './metered-minute.ts';
import { trafficOf } from './traffic-of-windows.ts';

/**
 * A function's minutes in order, for the verdict on a repair. A minute alone has too few calls to tell a tail by: each one's is that of all calls from the first
 * minute on. A minute in which every attempt was refused has no window; it is told by what was metered alone.
 */
export function figuresByMinute(
  windows: readonly FunctionWindow[],
  metered: readonly MeteredMinute[] = [],
): MinuteFigures[] {
  const starts = new Set([...windows, ...metered].map(({ start }) => start));
  const tails = tailsOf(windows);
  return [...starts]
    .sort((a, b) => a - b)
    .map((start) => {
      const own = metered.filter((one) => one.start === start);
      const [{ served = 0, throttled = 0 } = {}] = own;
      const {
        callsPerMinute,
        tail: _,
        ...figures
      } = trafficOf(
        windows.filter((one) => one.start === start),
        own,
      );
      const tail = tails.get(start);
      return { start, calls: Math.max(callsPerMinute, served) + throttled, ...figures, ...(tail && { tail }) };
    });
}

/** By start of a minute: of all calls up to its end. */
function tailsOf(windows: readonly FunctionWindow[]): Map<number, TailFit | undefined> {
  const tails = new Map<number, TailFit | undefined>();
  let pooled: ReturnType<typeof readSketch>;
  for (const { start, durationSketch } of [...windows].sort((a, b) => a.start - b.start)) {
    const own = readSketch(durationSketch);
    if (pooled === undefined) pooled = own;
    else if (own !== undefined) pooled.merge(own);
    tails.set(start, tailOf(pooled));
  }
  return tails;
}
