import { matchedValue, matchSurge } from '../surges/match-surge.ts';
import { type Surge, surgeAt } from '../surges/surge.ts';
import type { SurgeRecorder } from '../surges/surge-recorder.ts';
import { type Path, STEPS } from './path.ts';

const MINUTE_MS = 60_000;
const STEP_MINUTES = 5;
const DAY_MS = 86_400_000;
/** Around a matched climb even where it fits exactly. */
const LEAST_SPREAD = 0.05;
/** Past surges come again after a day, a week, four weeks, and in the same week of the next year. */
const RETURNS = [DAY_MS, 7 * DAY_MS, 28 * DAY_MS, 364 * DAY_MS];
/** What is late by more does not come. */
const LATE_MS = 10 * MINUTE_MS;
const EXPECTED_SPREAD = 0.1;

/** The climb under way continued as the past one that it resembles; nothing where none is under way, or none resembles it. */
export function analoguePath(recorder: SurgeRecorder, newest: number, origin: number): Path | undefined {
  const { open, past } = recorder;
  const match = open && matchSurge(open, past);
  if (open === undefined || match === undefined) return undefined;
  const first = (origin - open.startedAt) / MINUTE_MS;
  const seenUntil = (newest - open.startedAt) / MINUTE_MS;
  const mean = Array.from({ length: STEPS }, (_, step) => {
    const minutes = Array.from({ length: STEP_MINUTES }, (__, at) => first + step * STEP_MINUTES + at);
    return Math.max(...minutes.map((minute) => matchedValue(open, match, Math.max(seenUntil, minute))));
  });
  return { name: 'analogue', mean, sd: mean.map((value) => value * (LEAST_SPREAD + match.misfit)) };
}

/**
 * What is due to come again: a past surge a day, a week, four weeks or a year after it came, within the coming hour. Of those that are due the likeliest one
 * counts: came so often of so many times, by the rule of succession (Laplace, 1774): (came + 1) / (times + 2).
 */
export function recurrencePath(
  { open, past }: SurgeRecorder,
  origin: number,
  others: readonly number[],
): Path | undefined {
  if (open !== undefined) return undefined;
  const due = past.flatMap((surge) =>
    RETURNS.map((period) => ({
      surge,
      startsAt: surge.startedAt + period,
      probability: succession(surge, past, period),
    })),
  );
  const coming = due
    .filter(({ startsAt }) => startsAt >= origin - LATE_MS && startsAt < origin + STEPS * STEP_MINUTES * MINUTE_MS)
    .sort((a, b) => b.probability - a.probability || b.startsAt - a.startsAt)[0];
  if (coming === undefined) return undefined;
  const first = (origin - Math.max(coming.startsAt, origin - LATE_MS)) / MINUTE_MS;
  const mean = Array.from({ length: STEPS }, (_, step) => {
    const minutes = Array.from({ length: STEP_MINUTES }, (__, at) => first + step * STEP_MINUTES + at);
    const most = Math.max(...minutes.map((minute) => surgeAt(coming.surge, minute)));
    return Math.max(most > 1.2 * coming.surge.baseline ? most : 0, others[step] ?? 0);
  });
  const { probability } = coming;
  return { name: 'recurrence', mean, sd: mean.map((value) => EXPECTED_SPREAD * value), probability };
}

/** Of the surges before, those that another one followed after the period. */
function succession(surge: Surge, past: readonly Surge[], period: number): number {
  const times = past.filter(({ startedAt }) => startedAt + period <= surge.startedAt + LATE_MS);
  const came = times.filter(({ startedAt }) =>
    past.some((other) => Math.abs(other.startedAt - startedAt - period) <= LATE_MS),
  );
  return (came.length + 2) / (times.length + 3);
}
