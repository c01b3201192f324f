import { trendOf } from '../statistics/trend.ts';
import type { Rule } from './rule.ts';
import { clock, duration, number, percent } from './words.ts';

const SAMPLE_MS = 300_000;
const LEAST_SAMPLES = 6;
const AHEAD_MS = 6 * 3_600_000;

/**
 * Memory that only grows as environments age: the highest use of each five minutes has an upward trend (Mann-Kendall, at least p = 0.001), grew by a
 * tenth of the configured memory, nine steps of ten go up, and at the pace of Theil-Sen's slope the configured memory is reached within six hours. A function that
 * warms up rises too, but its steps get smaller: the later half must rise at least half as much as the earlier one.
 */
export const memoryLeak: Rule = {
  class: 'memory-leak',
  opensAfter: 2,
  quietMinutes: 20,
  judge({ seen, core, isOpen }) {
    const samples = core.baseline.memorySamplesMb;
    const { memorySizeMb } = seen;
    if (samples.length < LEAST_SAMPLES || memorySizeMb <= 0 || seen.calls === 0) return undefined;
    const series = [...risingEnd(samples), Math.max(core.baseline.memorySlot[1], seen.memoryUsedMb)];
    if (series.length < LEAST_SAMPLES) return undefined;
    const { surprise, slopePerStep, tau } = trendOf(series);
    const first = series[0] ?? 0;
    const last = series.at(-1) ?? 0;
    const middle = series[Math.floor(series.length / 2)] ?? 0;
    const leftMs = slopePerStep > 0 ? ((memorySizeMb - last) / slopePerStep) * SAMPLE_MS : Number.POSITIVE_INFINITY;
    const isSteady = last - middle >= 0.5 * (middle - first);
    if (surprise < (isOpen ? 3 : 6.9) || tau < (isOpen ? 0.5 : 0.8) || !isSteady) return undefined;
    if (last - first < 0.1 * memorySizeMb || leftMs > AHEAD_MS) return undefined;
    return {
      surprise: surprise + 4,
      severity: leftMs < 3_600_000 ? 'critical' : 'warning',
      magnitude: last / Math.max(1, first),
      title: `leaks memory: ${number(last)} of ${number(memorySizeMb)} MB, and rising`,
      explanation: `The memory in use rose from ${number(first)} to ${number(last)} MB in ${duration((series.length - 1) * SAMPLE_MS)} and has not fallen since: it grows with the age of the environments. At this pace the ${number(memorySizeMb)} MB are used up in ${duration(Math.max(0, leftMs))}; calls are then killed.`,
      evidence: [
        {
          text: `Memory in use grew by ${number(slopePerStep)} MB every five minutes, to ${percent(last / memorySizeMb)} of the configured memory at ${clock(seen.start)}.`,
          metric: 'memory used',
          before: first,
          after: last,
          unit: 'MB',
          since: seen.start - (series.length - 1) * SAMPLE_MS,
          ...(seen.slowest.length > 0 ? { requestIds: [...seen.slowest] } : {}),
        },
      ],
      causes: [{ kind: 'code', name: 'memory that is kept between calls', evidence: [] }],
    };
  },
};

/** The samples since memory last fell by more than a twentieth, or stood still for three of them. */
function risingEnd(samples: readonly number[]): number[] {
  let from = samples.length - 1;
  while (from > 0) {
    const before = samples[from - 1] ?? 0;
    const here = samples[from] ?? 0;
    const earlier = samples[from - 3];
    if (here < before * 0.95 || (earlier !== undefined && Math.abs(here - earlier) < 1)) break;
    from--;
  }
  return samples.slice(from);
}
