import type { LabelledSeries } from './read-incidents.ts';

/** A labelled series with the anomaly score of each of its points. */
export interface ScoredSeries extends LabelledSeries {
  readonly scores: Float64Array;
}

/** One count an incident, one false alarm for a run of them. */
export interface EventScore {
  /** 2 caught / (incidents + caught + false alarms). */
  readonly f1: number;
  readonly falsePerDay: number;
  readonly medianDelayMinutes: number | null;
}

/** Learnt from, and not judged. */
const WARM_UP_SHARE = 0.15;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const STEPS_LOOKED_AT = 500;
/** Thresholds among which the best is looked for: as many quantiles of the incidents' highest scores. */
const THRESHOLDS = 300;

/** Rows of a series that are judged, and its incidents: first and last row, both in it. */
interface Judged extends ScoredSeries {
  readonly from: number;
  readonly stepMs: number;
  /** Rows in which an incident has to be told; so many behind it are nobody's fault: 7, in hourly series 2 (the rule of the AIOPS challenge of 2018). */
  readonly patience: number;
  readonly incidents: readonly (readonly [from: number, to: number])[];
}

/** How many incidents and days all series have, behind their warm-up. */
export function sizeOf(series: readonly ScoredSeries[]): { readonly incidents: number; readonly days: number } {
  const judged = series.map(judge);
  return { incidents: judged.reduce((sum, { incidents }) => sum + incidents.length, 0), days: daysOf(judged) };
}

/** Alarms at one threshold for all series. */
export function scoreEvents(series: readonly ScoredSeries[], threshold: number): EventScore {
  return scoreAt(series.map(judge), threshold);
}

/** The highest F1 of any one threshold for all series: found with the labels known. */
export function bestF1(series: readonly ScoredSeries[]): number {
  const judged = series.map(judge);
  const highest = judged
    .flatMap(({ scores, incidents, patience }) =>
      incidents.map(([from, to]) => Math.max(...scores.subarray(from, Math.min(to, from + patience) + 1))),
    )
    .sort((a, b) => b - a);
  const thresholds = Array.from(
    { length: THRESHOLDS },
    (_, index) => highest[Math.floor((index * (highest.length - 1)) / (THRESHOLDS - 1))]!,
  );
  return Math.max(...[...new Set(thresholds)].map((threshold) => scoreAt(judged, threshold).f1));
}

function judge(series: ScoredSeries): Judged {
  const { times, isIncident } = series;
  const from = Math.floor(WARM_UP_SHARE * times.length);
  const stepMs = medianStep(times);
  const begins = isIncident.flatMap((is, row) =>
    is && row >= from && (row === from || !isIncident[row - 1]) ? [row] : [],
  );
  const incidents = begins.map((begin) => {
    const end = isIncident.indexOf(false, begin);
    return [begin, (end < 0 ? isIncident.length : end) - 1] as const;
  });
  return { ...series, from, stepMs, patience: stepMs >= HOUR_MS ? 2 : 7, incidents };
}

function medianStep(times: readonly number[]): number {
  const steps = times.slice(1, STEPS_LOOKED_AT).map((time, index) => time - times[index]!);
  return middleOf(steps.filter((step) => step > 0)) ?? HOUR_MS;
}

function scoreAt(judged: readonly Judged[], threshold: number): EventScore {
  const delays = judged.flatMap((each) => delaysOf(each, threshold));
  const falseAlarms = judged.reduce((sum, each) => sum + falseAlarmsOf(each, threshold), 0);
  const incidents = judged.reduce((sum, each) => sum + each.incidents.length, 0);
  return {
    f1: (2 * delays.length) / (incidents + delays.length + falseAlarms),
    falsePerDay: falseAlarms / daysOf(judged),
    medianDelayMinutes: middleOf(delays) ?? null,
  };
}

/** Minutes until the first alarm of each incident that is told in time. */
function delaysOf({ scores, incidents, patience, stepMs }: Judged, threshold: number): readonly number[] {
  return incidents.flatMap(([from, to]) => {
    const rows = scores.subarray(from, Math.min(to, from + patience) + 1).findIndex((score) => score >= threshold);
    return rows < 0 ? [] : [(rows * stepMs) / 60_000];
  });
}

/** Alarms outside of incidents and of the rows behind them; those within {@link Judged.patience} rows of one that counts are the same one. */
function falseAlarmsOf({ scores, incidents, patience, from }: Judged, threshold: number): number {
  const excused = new Uint8Array(scores.length);
  for (const [begin, end] of incidents) excused.fill(1, begin, end + patience + 1);
  let count = 0;
  let last = -Infinity;
  for (let row = from; row < scores.length; row++) {
    if (scores[row]! < threshold || excused[row] || row - last <= patience) continue;
    count++;
    last = row;
  }
  return count;
}

const daysOf = (judged: readonly Judged[]): number =>
  judged.reduce((sum, { times, from, stepMs }) => sum + ((times.length - from) * stepMs) / DAY_MS, 0);

function middleOf(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
