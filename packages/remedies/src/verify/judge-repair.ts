import type { ToldMetric, VerifiedMetric } from '../playbook.ts';
import type { Meter } from '../traffic/metered-minute.ts';
import { isCatchingUp } from './is-catching-up.ts';
import { type Measurable, measured } from './measured.ts';

/** One minute since the repair was applied. */
export interface MinuteFigures extends Measurable {
  readonly start: number;
  /** Those that were refused included, where somebody asked for them. */
  readonly calls: number;
}

/** What is measured before and after. */
export type TrialMetric = Exclude<VerifiedMetric, 'duration'> | ToldMetric | 'p50-ms' | 'p95-ms';

/** What a repair is measured by, before and after. */
export interface RepairTrial {
  readonly metric: TrialMetric;
  /** Between the finding's opening and the repair. */
  readonly before: number;
  /** What is good enough: what it was when nothing was wrong, with a margin. */
  readonly target: number;
  /** Share of failures between the finding's opening and the repair: no repair may raise it. */
  readonly failuresBefore: number;
  /** Of durations: the mean before, and what was usual. Few calls a minute tell a quantile by luck; the mean of all of them does not. */
  readonly mean?: { readonly beforeMs: number; readonly usualMs: number };
  /** What the figure is measured against once the change is made: the timeout in ms, environments. */
  readonly limit?: number;
  /** What has to be asked of CloudWatch beside, until the verdict. */
  readonly meter?: Meter;
  /** Of a limit: share of those who came that was refused or failed between the finding's opening and the repair. It may not raise it. */
  readonly unservedBefore?: number;
}

/** What a repair has shown so far: not enough, or that it is kept or undone, and why. */
export type RepairVerdict =
  | { readonly kind: 'wait' }
  | {
      readonly kind: 'keep' | 'undo';
      readonly after: number;
      readonly windows: number;
      readonly because: string;
      /** Undone for want of calls: that says nothing of the repair. */
      readonly isSilent?: true;
    };

/** Minutes with calls that have to be good, or bad, one after the other. */
const GOOD_MINUTES = 2;
const BAD_MINUTES = 2;
/** Minutes with calls that brought neither: what did not help is undone. */
const MOST_MINUTES = 10;
/** Share of what was too much that has to be gone in half of the minutes, and of the mean, where it is not good yet: to undo what helps would bring the harm back. */
const LEAST_HELP = 0.5;
const WORSE = 1.2;
const MORE_FAILURES = 0.05;
/** What goes on growing until a repair is felt. */
const BEHIND = 'iterator-age-ms';

/** How long a repair may stand without a verdict. */
export interface Patience {
  /** Since the repair was applied. */
  readonly elapsedMs: number;
  readonly verdictMinutes: number;
}

/**
 * Whether a repair is kept, on live minutes since it was applied. Kept after two good minutes in a row; undone after two that are worse than before, or that
 * fail more, or when ten minutes brought nothing; what took most of the harm away is kept, though more is wrong. Who is behind a stream falls further behind
 * until what was done is felt, and has a way to go then: it is kept when it catches up, and undone when the time is over. Minutes without calls, or without the
 * figure, say nothing, and are not even listed where nobody called: time itself ends the wait. Pure.
 */
export function judgeRepair(
  trial: RepairTrial,
  minutes: readonly MinuteFigures[],
  { elapsedMs, verdictMinutes }: Patience,
): RepairVerdict {
  const { metric } = trial;
  if (metric === 'none') return { kind: 'keep', after: 0, windows: 0, because: 'it was applied' };
  const called = [...minutes].filter(({ calls }) => calls > 0).sort((a, b) => a.start - b.start);
  const values = called.flatMap((minute) => measured(trial, minute) ?? []);
  const after = values.at(-1) ?? trial.before;
  const verdict = (kind: 'keep' | 'undo', because: string) => ({ kind, after, windows: values.length, because });
  const harm = harmIn(called, values, trial);
  if (harm !== undefined) return verdict('undo', harm);
  if (newest(values, GOOD_MINUTES)?.every((value) => value <= trial.target)) return verdict('keep', 'it is good again');
  const isTimeOver = elapsedMs >= verdictMinutes * 60_000;
  const last = newest(values, MOST_MINUTES);
  const isBehind = metric === BEHIND;
  if (isBehind && last !== undefined && isCatchingUp(last)) return verdict('keep', 'it catches up');
  if ((isBehind || last === undefined) && !isTimeOver) return { kind: 'wait' };
  if (values.length >= GOOD_MINUTES && Math.min(helpOf(values, trial), helpInMean(called, trial)) >= LEAST_HELP)
    return verdict('keep', 'it helped, though it is not good yet');
  if (isTimeOver && values.length < GOOD_MINUTES)
    return { ...verdict('undo', `${verdictMinutes} minutes gave no verdict`), isSilent: true };
  return verdict('undo', `${isTimeOver ? verdictMinutes : MOST_MINUTES} minutes brought nothing`);
}

const newest = <T>(list: readonly T[], count: number): readonly T[] | undefined =>
  list.length < count ? undefined : list.slice(-count);

/** What speaks against a repair at once, in words. */
function harmIn(called: readonly MinuteFigures[], values: readonly number[], trial: RepairTrial): string | undefined {
  const { metric, before, target, failuresBefore, unservedBefore = 0 } = trial;
  if (newest(called, BAD_MINUTES)?.every(({ failureShare }) => failureShare > failuresBefore + MORE_FAILURES))
    return 'more calls fail than before';
  if (newest(unservedIn(called, trial), BAD_MINUTES)?.every((share) => share > unservedBefore + MORE_FAILURES))
    return 'more calls are refused or fail than before';
  const isWorse = newest(values, BAD_MINUTES)?.every((value) => value > before * WORSE && value > target);
  return isWorse && metric !== BEHIND ? 'it became worse' : undefined;
}

/** Of the minutes in which somebody counted; none where nothing is known to compare them with. */
const unservedIn = (called: readonly MinuteFigures[], { unservedBefore }: RepairTrial): number[] =>
  unservedBefore === undefined ? [] : called.flatMap((minute) => measured({ metric: 'unserved-share' }, minute) ?? []);

/** Which share of what was above the target is gone, by the median of the minutes: 1 is all of it, below 0 is worse than before. Where nothing was above it, all or nothing. */
function helpOf(values: readonly number[], { before, target }: RepairTrial): number {
  const middle = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? before;
  const excess = before - target;
  if (excess <= 0) return middle <= target ? 1 : 0;
  return (before - middle) / excess;
}

/** The same of the mean of all calls since the change; all of it where the trial knows no mean. */
function helpInMean(called: readonly MinuteFigures[], { mean }: RepairTrial): number {
  const told = called.filter(({ meanMs }) => meanMs !== undefined);
  if (mean === undefined || told.length === 0) return 1;
  const calls = told.reduce((sum, minute) => sum + minute.calls, 0);
  const afterMs = told.reduce((sum, minute) => sum + (minute.meanMs ?? 0) * minute.calls, 0) / calls;
  const excessMs = mean.beforeMs - mean.usualMs;
  return excessMs <= 0 ? 0 : (mean.beforeMs - afterMs) / excessMs;
}
