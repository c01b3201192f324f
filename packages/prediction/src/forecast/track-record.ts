import { type CandidateName, type Path, STEPS } from './path.ts';

/** A forecast whose truth has not arrived. */
interface PendingForecast {
  readonly origin: number;
  readonly means: Readonly<Partial<Record<CandidateName, readonly number[]>>>;
  readonly mean: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** Absolute errors of a candidate, and those of the naive one on the same points. */
export interface CandidateTally {
  readonly error: number;
  readonly naiveError: number;
  readonly points: number;
}

/** Of one day (UTC) on which forecasts were made: sums over their points. */
export interface DayTally {
  readonly day: string;
  readonly forecasts: number;
  readonly error: number;
  readonly naiveError: number;
  readonly truth: number;
  readonly covered: number;
  readonly points: number;
}

/** How good the forecasts of a series were; what is older counts less. Plain JSON of bounded size. */
export interface TrackRecord {
  readonly pending: readonly PendingForecast[];
  readonly candidates: Readonly<Partial<Record<CandidateName, CandidateTally>>>;
  /** Forecasts that were compared with the truth, all of them. */
  readonly forecasts: number;
  readonly error: number;
  readonly naiveError: number;
  readonly truth: number;
  readonly covered: number;
  readonly points: number;
  /** What the standard deviations are multiplied with, so that 95 of 100 points lie inside. */
  readonly widening: number;
  /** The newest week, oldest first; absent in states from before they were kept. */
  readonly days?: readonly DayTally[];
}

export const NO_RECORD: TrackRecord = {
  pending: [],
  candidates: {},
  forecasts: 0,
  error: 0,
  naiveError: 0,
  truth: 0,
  covered: 0,
  points: 0,
  widening: 1,
};

/** Forecasts of the last day or so count. */
const KEEP = 0.995;
const DAYS_KEPT = 7;
const STEP_MS = 300_000;
const MISS_RATE = 0.05;
/** Adaptive conformal inference, Gibbs & Candès, NeurIPS 2021: a miss widens, a hit narrows, in the ratio of the level. */
const LEARNING = 0.03;
const WIDEST = 8;
const NARROWEST = 0.25;

/** Notes a forecast, to be scored when its last step is over. */
export function notePending(
  record: TrackRecord,
  paths: readonly Path[],
  forecast: Omit<PendingForecast, 'means'>,
): TrackRecord {
  const means = Object.fromEntries(paths.map(({ name, mean }) => [name, mean.map(rounded)]));
  const note = {
    origin: forecast.origin,
    means,
    mean: forecast.mean.map(rounded),
    lower: forecast.lower.map(rounded),
    upper: forecast.upper.map(rounded),
  };
  return { ...record, pending: [...record.pending, note].slice(-2 * STEPS) };
}

/** Scores what is over. `truthAt` gives the value of the step that begins at a time: `null` where there was none, nothing where it has not come yet. */
export function scoreDue(record: TrackRecord, truthAt: (start: number) => number | null | undefined): TrackRecord {
  let scored = record;
  for (const forecast of record.pending) {
    const truth = Array.from({ length: STEPS }, (_, step) => truthAt(forecast.origin + step * STEP_MS));
    if (truth.includes(undefined)) break;
    scored = { ...scoreOne(scored, forecast, truth as (number | null)[]), pending: scored.pending.slice(1) };
  }
  return scored;
}

function scoreOne(record: TrackRecord, forecast: PendingForecast, truth: readonly (number | null)[]): TrackRecord {
  const known = truth.flatMap((value, step) => (value === null ? [] : [{ value, step }]));
  const naive = forecast.means.naive ?? forecast.mean;
  const errorOf = (mean: readonly number[]): number =>
    known.reduce((sum, { value, step }) => sum + Math.abs(value - mean[step]!), 0);
  const candidates = { ...record.candidates };
  for (const [name, mean] of Object.entries(forecast.means) as [CandidateName, readonly number[]][]) {
    const before = candidates[name] ?? { error: 0, naiveError: 0, points: 0 };
    candidates[name] = {
      error: KEEP * before.error + errorOf(mean),
      naiveError: KEEP * before.naiveError + errorOf(naive),
      points: KEEP * before.points + known.length,
    };
  }
  let { widening } = record;
  let inside = 0;
  for (const { value, step } of known) {
    const isInside = value >= forecast.lower[step]! && value <= forecast.upper[step]!;
    if (isInside) inside++;
    widening *= Math.exp(LEARNING * (isInside ? -MISS_RATE : 1 - MISS_RATE));
  }
  const one = {
    error: errorOf(forecast.mean),
    naiveError: errorOf(naive),
    truth: known.reduce((sum, { value }) => sum + Math.abs(value), 0),
    covered: inside,
    points: known.length,
  };
  return {
    ...record,
    candidates,
    forecasts: record.forecasts + 1,
    error: KEEP * record.error + one.error,
    naiveError: KEEP * record.naiveError + one.naiveError,
    truth: KEEP * record.truth + one.truth,
    covered: KEEP * record.covered + one.covered,
    points: KEEP * record.points + one.points,
    days: withDay(record.days ?? [], { ...one, day: dayOf(forecast.origin), forecasts: 1 }),
    widening: Math.min(WIDEST, Math.max(NARROWEST, widening)),
  };
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

function withDay(days: readonly DayTally[], one: DayTally): DayTally[] {
  const known = days.find(({ day }) => day === one.day);
  if (known === undefined) return [...days, one].slice(-DAYS_KEPT);
  const sum = {
    ...known,
    forecasts: known.forecasts + one.forecasts,
    error: rounded(known.error + one.error),
    naiveError: rounded(known.naiveError + one.naiveError),
    truth: rounded(known.truth + one.truth),
    covered: known.covered + one.covered,
    points: known.points + one.points,
  };
  return days.map((day) => (day === known ? sum : day));
}

export interface ForecastScore {
  readonly forecasts: number;
  readonly wape: number;
  readonly naiveWape: number;
  readonly coverage95Pct: number;
}

/** The record in figures; nothing before the first truth, and of a series that was never anything but zero. */
export function scoreOf({
  forecasts,
  error,
  naiveError,
  truth,
  covered,
  points,
}: Omit<DayTally, 'day'>): ForecastScore | undefined {
  if (points === 0 || truth === 0) return undefined;
  return { forecasts, wape: error / truth, naiveWape: naiveError / truth, coverage95Pct: (100 * covered) / points };
}

const rounded = (value: number): number => Number(value.toPrecision(5));
