import type { RateCurve } from './rate-curves.ts';
import type { Random } from './seeded-random.ts';

/** Rates are taken to stand still for this long. */
const STEP_MS = 10;

/**
 * Moments, in milliseconds after the start, at which requests are meant to be sent: a Poisson process whose rate follows the curve, by
 * inversion of its cumulative rate. They depend on the curve and the seed alone, never on how fast anybody answers.
 */
export function* arrivals(curve: RateCurve, random: Random): Generator<number> {
  let until = exponential(random);
  let expected = 0;
  for (let fromMs = 0; fromMs < curve.durationMs; fromMs += STEP_MS) {
    const perMs = curve.at(fromMs) / 1_000;
    const gain = perMs * STEP_MS;
    while (until <= expected + gain) {
      const atMs = fromMs + (until - expected) / perMs;
      if (atMs >= curve.durationMs) return;
      yield atMs;
      until += exponential(random);
    }
    expected += gain;
  }
}

const exponential = (random: Random): number => -Math.log(1 - random());
