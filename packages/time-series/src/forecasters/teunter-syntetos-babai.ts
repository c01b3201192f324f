import type { PointForecaster } from './point-forecaster.ts';

export interface TeunterSyntetosBabaiModel {
  /** Smoothed size of a demand. */
  readonly size: number;
  /** Smoothed probability that a point is one. */
  readonly probability: number;
}

const ALPHA = 0.1;
const BETA = 0.05;

/**
 * Intermittent demand whose forecast dies out when nothing comes any more.
 * Source: Teunter, Syntetos & Babai, European Journal of Operational Research 214 (2011).
 */
export const teunterSyntetosBabai: PointForecaster<TeunterSyntetosBabaiModel> = {
  name: 'teunter-syntetos-babai',
  fit: (values) => {
    const demands = values.filter((value) => value !== 0);
    return values.reduce(update, { size: demands[0] ?? 0, probability: demands.length / values.length });
  },
  mean: ({ size, probability }, horizon) => Array<number>(horizon).fill(size * probability),
  update,
};

function update({ size, probability }: TeunterSyntetosBabaiModel, value: number): TeunterSyntetosBabaiModel {
  if (value === 0) return { size, probability: probability * (1 - BETA) };
  return { size: size + ALPHA * (value - size), probability: probability + BETA * (1 - probability) };
}
