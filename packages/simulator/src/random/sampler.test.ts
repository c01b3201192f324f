import { describe, expect, test } from '@jest/globals';
import { createSampler } from './sampler.ts';

const DRAWS = 20_000;

describe('sampler', () => {
  test('the same seed and name draw the same, another name draws another', () => {
    const draw = (seed: number, name: string): number[] => {
      const sampler = createSampler(seed, name);
      return Array.from({ length: 5 }, () => sampler.uniform());
    };
    expect(draw(1, 'a')).toEqual(draw(1, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
  });

  test.each([0.2, 3, 29, 31, 5_000])('a Poisson count of mean %d has that mean and variance', (mean) => {
    const sampler = createSampler(1, 'poisson');
    const counts = Array.from({ length: DRAWS }, () => sampler.poisson(mean));
    expectMoments(counts, mean, mean);
  });

  test.each([
    [4, 0.3],
    [40, 0.9],
    [1_000, 0.001],
    [1_000, 0.5],
    [100_000, 0.25],
  ])('a binomial count of %d at %d has its mean and variance', (count, probability) => {
    const sampler = createSampler(2, 'binomial');
    const counts = Array.from({ length: DRAWS }, () => sampler.binomial(count, probability));
    expectMoments(counts, count * probability, count * probability * (1 - probability));
    expect(Math.max(...counts)).toBeLessThanOrEqual(count);
  });

  test('rounding keeps the expectation', () => {
    const sampler = createSampler(3, 'round');
    const rounded = Array.from({ length: DRAWS }, () => sampler.round(2.25));
    expectMoments(rounded, 2.25, 0.25 * 0.75);
    expect(sampler.round(7)).toBe(7);
  });
});

function expectMoments(values: readonly number[], mean: number, variance: number): void {
  const average = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length;
  expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(variance / values.length));
  expect(Math.abs(spread / variance - 1)).toBeLessThan(0.08);
}
