import type { Baseline } from '../../assess/baseline.ts';
import { trendOf } from '../../statistics/trend.ts';
import type { Observation } from '../../windows/observation.ts';
import type { Rule } from '../rule.ts';
import { clock, duration, number, percent } from '../words.ts';

const SAMPLE_MS = 300_000;
const MINUTE_MS = 60_000;
const LEAST_SAMPLES = 9;
/** Of what the earlier half rose, the later half must rise as much: what fills up slows down. */
const LEAST_STEADINESS = 0.8;
const AHEAD_MS = 6 * 3_600_000;
/** A leak that leaves less than this is told from minutes. */
const SOON_MS = 2 * 3_600_000;
const LEAST_MINUTES = 10;

/**
 * Memory that only grows as environments age: the highest use of each five minutes has an upward trend (Mann-Kendall, at least p = 0.001), grew by a
 * tenth of the configured memory, nine steps of ten go up, and at the pace of Theil-Sen's slope the configured memory is reached within six hours. A function that
 * warms up rises too, but its steps get smaller: the later half must rise four fifths as much as the earlier one. A fast leak is told from ten minutes that all go up, where the memory
 * would be used up within two hours.
 */
export const memoryLeak: Rule = {
  class: 'memory-leak',
  opensAfter: 2,
  quietMinutes: 20,
  judge({ seen, core, isOpen }) {
    const { memorySizeMb } = seen;
    const growth = [growthOf(core.baseline, seen), fastGrowthOf(core.lastMemoryMb, seen)].find(
      (each) => each !== undefined && isLeak(each, memorySizeMb, isOpen),
    );
    if (growth === undefined) return undefined;
    const { series, first, last, leftMs, slopePerStep, surprise, stepMs } = growth;
    return {
      surprise: surprise + 4,
      severity: leftMs < 3_600_000 ? 'critical' : 'warning',
      magnitude: last / Math.max(1, first),
      title: `leaks memory: ${number(last)} of ${number(memorySizeMb)} MB, and rising`,
      explanation: `The memory in use rose from ${number(first)} to ${number(last)} MB in ${duration((series.length - 1) * stepMs)} and has not fallen since: it grows with the age of the environments. At this pace the ${number(memorySizeMb)} MB are used up in ${duration(Math.max(0, leftMs))}; calls are then killed.`,
      evidence: [
        {
          text: `Memory in use grew by ${number(slopePerStep)} MB every ${duration(stepMs)}, to ${percent(last / memorySizeMb)} of the configured memory at ${clock(seen.start)}.`,
          metric: 'memory used',
          before: first,
          after: last,
          unit: 'MB',
          since: seen.start - (series.length - 1) * stepMs,
          ...(seen.slowest.length > 0 ? { requestIds: [...seen.slowest] } : {}),
        },
      ],
      causes: [{ kind: 'code', name: 'memory that is kept between calls', evidence: [] }],
    };
  },
};

interface Growth {
  readonly stepMs: number;
  readonly series: readonly number[];
  readonly first: number;
  readonly last: number;
  readonly surprise: number;
  readonly tau: number;
  readonly slopePerStep: number;
  /** Until the configured memory is used up. */
  readonly leftMs: number;
}

function growthOf(
  { memorySamplesMb, memorySlot }: Baseline,
  { memorySizeMb, memoryUsedMb, calls }: Observation,
): Growth | undefined {
  if (memorySamplesMb.length < LEAST_SAMPLES || memorySizeMb <= 0 || calls === 0) return undefined;
  const series = withoutStandstill([...risingEnd(memorySamplesMb), Math.max(memorySlot[1], memoryUsedMb)]);
  return series.length < LEAST_SAMPLES ? undefined : growthIn(series, SAMPLE_MS, memorySizeMb);
}

function fastGrowthOf(
  lastMb: readonly number[],
  { memorySizeMb, memoryUsedMb, calls }: Observation,
): Growth | undefined {
  if (memorySizeMb <= 0 || calls === 0) return undefined;
  const series = withoutStandstill(risingEnd([...lastMb, memoryUsedMb]));
  if (series.length < LEAST_MINUTES) return undefined;
  const growth = growthIn(series, MINUTE_MS, memorySizeMb);
  return growth.leftMs <= SOON_MS ? growth : undefined;
}

function growthIn(series: readonly number[], stepMs: number, memorySizeMb: number): Growth {
  const trend = trendOf(series);
  const last = series.at(-1) ?? 0;
  const leftMs =
    trend.slopePerStep > 0 ? ((memorySizeMb - last) / trend.slopePerStep) * stepMs : Number.POSITIVE_INFINITY;
  return { stepMs, series, first: series[0] ?? 0, last, leftMs, ...trend };
}

function isLeak(
  { series, first, last, surprise, tau, leftMs }: Growth,
  memorySizeMb: number,
  isOpen: boolean,
): boolean {
  const middle = series[Math.floor(series.length / 2)] ?? 0;
  const isSure = surprise >= (isOpen ? 3 : 6.9) && tau >= (isOpen ? 0.5 : 0.8);
  const isSteady = last - middle >= LEAST_STEADINESS * (middle - first);
  return isSure && isSteady && last - first >= 0.1 * memorySizeMb && leftMs <= AHEAD_MS;
}

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

/** From where the rise begins: the last sample that is within a twentieth of it. */
function withoutStandstill(series: readonly number[]): readonly number[] {
  const first = series[0] ?? 0;
  const risen = first + 0.05 * ((series.at(-1) ?? 0) - first);
  return series.slice(
    Math.max(
      0,
      series.findLastIndex((each) => each <= risen),
    ),
  );
}
