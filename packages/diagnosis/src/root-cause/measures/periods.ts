import type { RootCauseQuestion } from '../question.ts';

/** Starts of the periods of a question, epoch milliseconds, ascending. */
export interface Periods {
  /** Wholly before the onset (a tenth of a period may lie after it); the first period where there is none, and no reference either. */
  readonly before: readonly number[];
  /** At least half of it since the onset; where there is none, whatever ends after it. */
  readonly since: readonly number[];
}

const MOST_OVERLAP_BEFORE = 0.1;
const LEAST_OVERLAP_SINCE = 0.5;
const ASSUMED_PERIOD_MS = 300_000;

type Times = Pick<RootCauseQuestion, 'series' | 'reference' | 'onset'>;

/** Which periods tell of the normal time, and which of the incident; a period that the onset cuts in two tells of neither, unless nothing else would be left. */
export function dividePeriods({ series, reference = [], onset }: Times): Periods {
  const starts = [...new Set(series.flatMap(({ points }) => points.map(({ timestamp }) => timestamp)))]
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const period = medianStep(starts);
  const overlap = (start: number): number => (start + period - onset) / period;
  const since = starts.filter((start) => overlap(start) >= LEAST_OVERLAP_SINCE);
  const before = starts.filter((start) => overlap(start) <= MOST_OVERLAP_BEFORE);
  if (since.length === 0) return { before, since: starts.filter((start) => overlap(start) > MOST_OVERLAP_BEFORE) };
  if (before.length > 0 || reference.length > 0 || starts.length < 2) return { before, since };
  return { before: starts.slice(0, 1), since: since.filter((start) => start !== starts[0]) };
}

function medianStep(starts: readonly number[]): number {
  const steps = starts.slice(1).map((start, index) => start - (starts[index] ?? start));
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? ASSUMED_PERIOD_MS;
}
