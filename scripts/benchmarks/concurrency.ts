import type { BenchmarkOptions, BenchmarkReport } from './benchmark.ts';
import { DAY_MS, HOUR_MS, type PeakRun, peakRun } from './concurrency/peak-runs.ts';
import { type ProvisioningRow, provisioningRows } from './concurrency/provisioning-runs.ts';
import { type Family, minutesLeftAtStop, type QuotaRun, quotaRun } from './concurrency/quota-runs.ts';
import { figuresInALine, markdownTable } from './markdown-table.ts';
import { median } from './median.ts';

const RUNS = 200;
/** Another block of seeds: nothing was chosen by those from 5000 on. */
const FIRST_SEED = Number(process.env.LAMPLIGHTER_BENCH_SEED ?? 0);
const TIMELY_MINUTES = 15;
const LEAST_PRECISION = 0.9;
const LEAST_RECALL = 0.95;
const MOST_PEAK_ERROR = 0.1;
/** Of ten runs, so many of each. */
const MIX: readonly Family[] = [
  'seasonal',
  'seasonal',
  'seasonal',
  'seasonal',
  'ramp',
  'ramp',
  'ramp',
  'step-up',
  'two-functions',
  'two-functions',
];
/** The highest mean of the load beside the quota. */
const STRATA = [0, 0.6, 0.8, 0.9, 1.1, 1.3, 1.7];
/** Minutes from the second climb's beginning; it takes four, so that -55 is an hour before the peak. */
const ORIGINS = [-55, -30, 0, 1, 2, 3, 4, 10, 30, 60, 120, 240];
const PEAK_SEEDS = 5;
const PROVISIONING_SEED = 1;

/**
 * Concurrency on the twin: is the hour's peak foreseen on a Black Friday when one was seen before, and is the account's quota predicted to be hit when it will be,
 * and only then? Processor time counts nothing here.
 */
export async function run(_options: BenchmarkOptions): Promise<BenchmarkReport> {
  const peaks = peakRows();
  const runs = Array.from({ length: RUNS }, (_, at) => quotaRun(MIX[at % MIX.length]!, FIRST_SEED + at));
  const hit = runs.filter(({ hitMinute }) => hitMinute !== undefined);
  const timely = hit.filter(isTimely);
  const falseRuns = runs.filter(({ hitMinute, predicted }) => hitMinute === undefined && predicted > 0);
  const again = peaks.find(({ sale }) => sale === 'same size, a week later')!;
  const figures = {
    runs: runs.length,
    hit: hit.length,
    precision: round(timely.length / (timely.length + falseRuns.length)),
    leastPrecision: LEAST_PRECISION,
    recall: round(timely.length / hit.length),
    leastRecall: LEAST_RECALL,
    falseRuns: falseRuns.length,
    unknowableFalseRuns: falseRuns.filter(isUnknowable).length,
    falseSeeds: falseRuns.map(({ seed }) => seed).join(' '),
    lateSeeds: hit
      .filter((one) => !isTimely(one))
      .map(({ seed }) => seed)
      .join(' '),
    medianLeadMinutes: round(median(timely.map(leadOf))),
    peakErrorAnHourAhead: Math.abs(again.errors[0]!),
    mostPeakError: MOST_PEAK_ERROR,
  };
  const isWithinLimits =
    figures.precision >= LEAST_PRECISION &&
    figures.recall >= LEAST_RECALL &&
    figures.peakErrorAnHourAhead <= MOST_PEAK_ERROR;
  const breaches = [...breachRows(runs, 'family'), ...breachRows(runs, 'stratum')];
  const provisioning = provisioningRows(PROVISIONING_SEED).rows;
  const text = [render(figures, breaches, peaks), renderProvisioning(provisioning)].join('\n\n');
  return { figures: { ...figures, breaches, peaks, provisioning }, text, isWithinLimits };
}

const leadOf = ({ hitMinute = 0, toldMinute = Number.POSITIVE_INFINITY }: QuotaRun): number => hitMinute - toldMinute;
const isTimely = (run: QuotaRun): boolean => run.hitMinute !== undefined && leadOf(run) >= TIMELY_MINUTES;

/** A ramp that stops less than a quarter of an hour before the quota: whoever tells of those that go on in time tells of it too. */
const isUnknowable = ({ family, seed }: QuotaRun): boolean =>
  family === 'ramp' && minutesLeftAtStop(seed) < TIMELY_MINUTES;

interface BreachRow {
  readonly of: string;
  readonly runs: number;
  readonly hit: number;
  readonly timely: number;
  readonly late: number;
  readonly missed: number;
  readonly false: number;
  readonly medianLead: number | null;
  readonly leastLead: number | null;
}

function breachRows(runs: readonly QuotaRun[], by: 'family' | 'stratum'): BreachRow[] {
  const groups = by === 'family' ? [...new Set(runs.map(({ family }) => family))] : STRATA.slice(0, -1);
  return groups.map((group, at) => {
    const its = runs.filter(({ family, peakShare }) =>
      by === 'family' ? family === group : peakShare >= Number(group) && peakShare < STRATA[at + 1]!,
    );
    const hit = its.filter(({ hitMinute }) => hitMinute !== undefined);
    const leads = hit.filter(isTimely).map(leadOf);
    return {
      of: by === 'family' ? String(group) : `highest mean ${group} to ${STRATA[at + 1]} of the quota`,
      runs: its.length,
      hit: hit.length,
      timely: leads.length,
      late: hit.filter((run) => run.toldMinute !== undefined && !isTimely(run)).length,
      missed: hit.filter(({ toldMinute }) => toldMinute === undefined).length,
      false: its.filter(({ hitMinute, predicted }) => hitMinute === undefined && predicted > 0).length,
      medianLead: leads.length === 0 ? null : round(median(leads)),
      leastLead: leads.length === 0 ? null : round(Math.min(...leads)),
    };
  });
}

interface PeakRow {
  readonly sale: string;
  /** Median error of the coming hour's peak at each origin, the sign told. */
  readonly errors: readonly number[];
}

function peakRows(): PeakRow[] {
  const sales = [
    { sale: 'same size, a week later', factor: 1, after: 7 * DAY_MS },
    { sale: '1.2 times, a week later', factor: 1.2, after: 7 * DAY_MS },
    { sale: 'same size, at another time', factor: 1, after: 2 * DAY_MS + 3 * HOUR_MS },
    { sale: '1.3 times, at another time', factor: 1.3, after: 2 * DAY_MS + 3 * HOUR_MS },
    { sale: '0.7 times, at another time', factor: 0.7, after: 2 * DAY_MS + 3 * HOUR_MS },
  ];
  return sales.map(({ sale, factor, after }) => {
    const runs = Array.from({ length: PEAK_SEEDS }, (_, seed) => peakRun(seed, factor, after, ORIGINS));
    return { sale, errors: ORIGINS.map((minute) => round(median(runs.map((one) => errorAt(one, minute))))) };
  });
}

function errorAt({ forecasts }: PeakRun, minute: number): number {
  const { forecast, truth } = forecasts.find((one) => one.minute === minute)!;
  return forecast / truth - 1;
}

/** Tables in Markdown: docs/benchmarks.md shows them as they are. */
function render(totals: Record<string, unknown>, breaches: readonly BreachRow[], peaks: readonly PeakRow[]): string {
  const breachColumns = [
    'runs of',
    'runs',
    'quota hit',
    'told 15 minutes before',
    'told later',
    'not told',
    'told for nothing',
    'median lead, minutes',
    'least',
  ];
  const breachCells = breaches.map((row) => Object.values(row));
  const peakCells = peaks.map(({ sale, errors }) => [sale, ...errors.map(percent)]);
  return [
    figuresInALine(totals),
    markdownTable(breachColumns, breachCells),
    markdownTable(['second sale, minutes from its climb', ...ORIGINS.map(String)], peakCells),
  ].join('\n\n');
}

const renderProvisioning = (rows: readonly ProvisioningRow[]): string =>
  markdownTable(
    ['way', 'USD a day, computed', 'measured on the twin', 'cold calls', 'throttled', 'mean with inits, ms'],
    rows.map(({ way, computedExtraUsd, measuredExtraUsd, coldPct, throttledPct, meanMs }) => [
      way,
      computedExtraUsd.toFixed(2),
      measuredExtraUsd.toFixed(2),
      `${coldPct.toFixed(2)} %`,
      `${throttledPct.toFixed(2)} %`,
      meanMs.toFixed(1),
    ]),
  );

const percent = (share: number): string => `${share > 0 ? '+' : ''}${Math.round(100 * share)} %`;
const round = (value: number): number => Math.round(value * 1000) / 1000;
