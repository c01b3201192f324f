import { type Surge, surgeAt } from './surge.ts';
import type { OpenSurge } from './surge-recorder.ts';

/** A past surge laid over the one under way. */
export interface SurgeMatch {
  readonly surge: Surge;
  /** Minutes that the climb under way is ahead of the past one. */
  readonly shift: number;
  /** How far it climbs in logarithms, beside the past one: 1 means by the same factor. */
  readonly stretch: number;
  /** Root mean square of what does not fit, in logarithms: 0.1 is about 10 %. */
  readonly misfit: number;
}

const SHIFTS = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1];
/** Beliefs before the climb is seen: it begins with the minute, and climbs by the same factor. They weigh as much as one point off by so much. */
const SHIFT_PENALTY = 0.5;
const STRETCH_WEIGHT = 8;
/** A climb that fits worse is none of these. */
const WORST_MISFIT = 0.35;
const RECENT_MINUTES = 30;

/**
 * The past surge that the climb under way resembles most: its logarithm over the baseline, moved by up to a minute and stretched in amplitude, by least
 * squares over the last half hour (analogue forecasting, Lorenz, Journal of the Atmospheric Sciences 26, 1969). Nothing where none fits.
 */
export function matchSurge(open: OpenSurge, past: readonly Surge[]): SurgeMatch | undefined {
  const matches = past.flatMap((surge) => SHIFTS.map((shift) => fit(open, surge, shift)));
  const best = matches.sort((a, b) => a.cost - b.cost)[0];
  return best === undefined || best.misfit > WORST_MISFIT ? undefined : best;
}

/** How the climb under way will stand so many minutes after it began. */
export function matchedValue({ baseline }: OpenSurge, { surge, shift, stretch }: SurgeMatch, minute: number): number {
  return (
    Math.max(baseline, 1) * Math.exp(stretch * height(surgeAt(surge, minute + shift), surge.baseline)) -
    Math.max(0, 1 - baseline)
  );
}

function fit(open: OpenSurge, surge: Surge, shift: number): SurgeMatch & { cost: number } {
  const from = Math.max(0, open.values.length - RECENT_MINUTES);
  const pairs = open.values.slice(from).map((value, at) => ({
    now: height(value, open.baseline),
    past: height(surgeAt(surge, from + at + shift), surge.baseline),
  }));
  let cross = STRETCH_WEIGHT;
  let square = STRETCH_WEIGHT;
  for (const { now, past: was } of pairs) {
    cross += now * was;
    square += was * was;
  }
  const stretch = cross / square;
  const squares = pairs.reduce((sum, { now, past: was }) => sum + (now - stretch * was) ** 2, 0);
  const misfit = Math.sqrt(squares / pairs.length);
  return { surge, shift, stretch, misfit, cost: squares + SHIFT_PENALTY * shift * shift };
}

/** Logarithm of a load over its baseline; below one environment there are no shapes. */
const height = (value: number, baseline: number): number => Math.log(Math.max(value, 1) / Math.max(baseline, 1));
