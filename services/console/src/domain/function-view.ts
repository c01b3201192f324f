import type { ErrorTypeCount, FunctionWindow } from '@lamplighter/contracts';
import { type RightSize, readSketch, rightSize, type SketchBins, trafficBySize } from '@lamplighter/diagnosis';
import { architectureAt, type RunsOn, windowsAsRun } from '@lamplighter/pricing';
import type { FunctionLook } from './function-look.ts';
import { type LatencyGrid, latencyGrid, mergeBins, quantileMs } from './latency-grid.ts';
import { type VersionView, versionsOf } from './versions-of.ts';
import { type WhatCame, whatCame } from './what-came.ts';

/** Figures of one column of the charts: a minute, or several together. */
export interface FunctionColumn {
  readonly start: number;
  readonly invocations: number;
  readonly failures: number;
  readonly coldStarts: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMemoryUsedMb: number;
  /** Most attempts at one instant; 0 where no minute knows it. */
  readonly maxConcurrency: number;
  readonly costUsd: number;
}

/** A function's page. Times are epoch milliseconds, costs USD; figures are of the columns' time. */
export interface FunctionView {
  readonly functionName: string;
  readonly since: number;
  readonly until: number;
  /** Length of a column. */
  readonly stepMs: number;
  readonly columns: readonly FunctionColumn[];
  readonly grid: LatencyGrid;
  readonly totals: {
    readonly invocations: number;
    readonly failures: number;
    readonly coldStarts: number;
    readonly costUsd: number;
    readonly maxMemoryUsedMb: number;
    /** Of the newest minute that knows it; 0 where none does. */
    readonly memorySizeMb: number;
    readonly maxConcurrency: number;
    readonly p50Ms: number | null;
    readonly p99Ms: number | null;
  };
  readonly versions: readonly VersionView[];
  readonly errorTypes: readonly ErrorTypeCount[];
  readonly slowestRequestIds: readonly string[];
  /** What costs are priced for; absent where it is not known, which is priced as x86_64. */
  readonly architecture?: RunsOn['architecture'];
  /** Absent below fifty calls. */
  readonly rightSize?: RightSize;
  /** Beside which a forecast stands. */
  readonly came: WhatCame;
}

/** Sums a function's minutes into what its page shows: a column a step, however long the time. */
export function functionView(
  functionName: string,
  audited: readonly FunctionWindow[],
  { since, until, stepMs, ...runsOn }: FunctionLook & RunsOn,
): FunctionView {
  const windows = windowsAsRun(audited, runsOn);
  const architecture = architectureAt(runsOn, until);
  const groups = Array.from({ length: Math.ceil((until - since) / stepMs) }, (_, at) => ({
    start: since + at * stepMs,
    windows: [] as FunctionWindow[],
  }));
  for (const window of windows) groups[Math.floor((window.start - since) / stepMs)]?.windows.push(window);
  const summed = groups.map((group) => ({ ...group, bins: binsOf(group.windows) }));
  const all = mergeBins(summed.map(({ bins }) => bins));
  const memorySizeMb = windows.findLast((window) => window.memorySizeMb > 0)?.memorySizeMb ?? 0;
  const advice = rightSize({
    memorySizeMb,
    ...(architecture && { architecture }),
    traffic: trafficBySize(windows.map((figures) => ({ revision: 0, figures }))),
  });
  return {
    functionName,
    since,
    until,
    stepMs,
    columns: summed.map(columnOf),
    grid: latencyGrid(summed),
    totals: {
      ...sumsOf(windows),
      memorySizeMb,
      p50Ms: quantileMs(all, 0.5) ?? null,
      p99Ms: quantileMs(all, 0.99) ?? null,
    },
    versions: versionsOf(windows),
    errorTypes: errorTypesOf(windows),
    slowestRequestIds: [...new Set(windows.toReversed().flatMap((one) => one.exampleRequestIds?.slowest ?? []))].slice(
      0,
      10,
    ),
    ...(architecture && { architecture }),
    ...(advice && { rightSize: advice }),
    came: whatCame(windows, { since, until }),
  };
}

const binsOf = (windows: readonly FunctionWindow[]): SketchBins =>
  mergeBins(windows.map(({ durationSketch }) => readSketch(durationSketch) ?? []));

function columnOf({ start, windows, bins }: { start: number; windows: FunctionWindow[]; bins: SketchBins }) {
  return { start, ...sumsOf(windows), p50Ms: quantileMs(bins, 0.5) ?? null, p99Ms: quantileMs(bins, 0.99) ?? null };
}

/** Attempts that ended badly, of whatever kind. */
export const failuresOf = (window: FunctionWindow): number =>
  window.errors + window.timeouts + window.outOfMemory + window.initErrors;

function sumsOf(windows: readonly FunctionWindow[]) {
  const sum = (figure: (window: FunctionWindow) => number): number =>
    windows.reduce((total, window) => total + figure(window), 0);
  return {
    invocations: sum(({ invocations }) => invocations),
    failures: sum(failuresOf),
    coldStarts: sum(({ coldStarts }) => coldStarts),
    costUsd: sum(({ costUsd }) => costUsd),
    maxMemoryUsedMb: mostOf(windows, ({ maxMemoryUsedMb }) => maxMemoryUsedMb),
    maxConcurrency: mostOf(windows, ({ maxConcurrency = 0 }) => maxConcurrency),
  };
}

const mostOf = (windows: readonly FunctionWindow[], figure: (window: FunctionWindow) => number): number =>
  windows.reduce((most, window) => Math.max(most, figure(window)), 0);

const MOST_ERROR_TYPES = 20;

/** Errors of one fingerprint together, most frequent first; the example is the newest. */
export function errorTypesOf(windows: readonly Pick<FunctionWindow, 'errorTypes'>[]): ErrorTypeCount[] {
  const kinds = new Map<string, ErrorTypeCount>();
  for (const one of windows.flatMap(({ errorTypes = [] }) => errorTypes)) {
    kinds.set(one.fingerprint, { ...one, count: one.count + (kinds.get(one.fingerprint)?.count ?? 0) });
  }
  return [...kinds.values()].sort((a, b) => b.count - a.count).slice(0, MOST_ERROR_TYPES);
}
