import type { CandidateName, Path } from './path.ts';
import type { CandidateTally, TrackRecord } from './track-record.ts';

export interface WeightedPath {
  readonly path: Path;
  readonly weight: number;
}

/** What a candidate is worth before it has a record. One that knows what comes next stands before those that go on as before. */
const PRIOR: Readonly<Record<CandidateName, number>> = {
  naive: 0.1,
  ensemble: 1,
  growth: 1,
  analogue: 60,
  recurrence: 60,
};
/** A record counts from so many points. */
export const LEAST_POINTS = 24;
/** How much more a better one counts. */
const POWER = 2;
const Z_95 = 1.96;
/** What is expected is in the mean where it is likelier than not. */
const LIKELY = 0.5;

/**
 * Weights of the candidates, summing to 1: by their error beside the naive one's on the same points, squared and inverted (Bates & Granger, Operational
 * Research Quarterly 20, 1969). One that was worse than the naive one on this series is not used on it.
 */
export function weigh(paths: readonly Path[], { candidates }: TrackRecord): WeightedPath[] {
  const worth = paths.map((path) => ({ path, weight: worthOf(path, candidates[path.name]) }));
  const total = worth.reduce((sum, { weight }) => sum + weight, 0);
  return worth.filter(({ weight }) => weight > 0).map(({ path, weight }) => ({ path, weight: weight / total }));
}

function worthOf({ name, probability = 1, isUntried }: Path, tally: CandidateTally | undefined): number {
  if (probability < LIKELY || isUntried) return 0;
  const prior = PRIOR[name];
  if (name === 'naive' || tally === undefined || tally.points < LEAST_POINTS) return prior;
  if (isWorseThanNaive(tally)) return 0;
  const ratio = Math.max(0.1, tally.naiveError === 0 ? 1 : tally.error / tally.naiveError);
  return prior / ratio ** POWER;
}

/** Such a way is not used on this series. */
export const isWorseThanNaive = ({ error, naiveError }: CandidateTally): boolean => error > naiveError;

export interface Blend {
  readonly mean: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Those that count for a tenth or more, heaviest first. */
  readonly forecaster: string;
}

/** One forecast of all: the mean of the means, and bands that hold the spread of each and between them. */
export function blend(weighted: readonly WeightedPath[], widening: number): Blend {
  const steps = weighted[0]!.path.mean.map((_, step) => step);
  const mean = steps.map((step) => total(weighted, ({ path }) => path.mean[step]!));
  const sd = steps.map((step) =>
    Math.sqrt(total(weighted, ({ path }) => path.sd[step]! ** 2 + (path.mean[step]! - mean[step]!) ** 2)),
  );
  const heavy = weighted.filter(({ weight }) => weight >= 0.1).sort((a, b) => b.weight - a.weight);
  return {
    mean,
    lower: steps.map((step) => Math.max(0, mean[step]! - Z_95 * widening * sd[step]!)),
    upper: steps.map((step) => mean[step]! + Z_95 * widening * sd[step]!),
    forecaster: heavy.map(({ path }) => path.name).join('+') || 'naive',
  };
}

const total = (weighted: readonly WeightedPath[], of: (one: WeightedPath) => number): number =>
  weighted.reduce((sum, one) => sum + one.weight * of(one), 0);
