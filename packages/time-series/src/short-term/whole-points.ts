import { type EnsembleModel, ensemble } from '../forecasters/ensemble.ts';
import { type SeasonalNaiveModel, seasonalNaive } from '../forecasters/seasonal-naive.ts';
import type { ShortTermMember } from './short-term-member.ts';

/** The default forecaster of whole points. */
export const learntWhole: ShortTermMember<EnsembleModel> = {
  fit: (points, { seasonLengths, steps, isCount }) =>
    ensemble.fit(
      points.map(({ value }) => value),
      { seasonLengths, horizon: steps, isCount },
    ),
  mean: (model, steps) => [...ensemble.predict(model, steps, []).mean],
  update: (model, { value }) => ensemble.update(model, value),
};

/** As one season before. */
export const season: ShortTermMember<SeasonalNaiveModel> = {
  fit: (points, { seasonLengths }) =>
    seasonalNaive.fit(
      points.map(({ value }) => value),
      seasonLengths,
    ),
  mean: seasonalNaive.mean,
  update: (model, { value }) => seasonalNaive.update(model, value),
};
