import { expect, test } from '@jest/globals';
import { type Bucket, fitTail, probabilityAbove } from './tail-fit.ts';

/** Values of a distribution at even quantiles, in buckets a tenth wider each. */
function bucketsOf(count: number, quantile: (share: number) => number): Bucket[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < count; at++) {
    const bin = Math.ceil(Math.log(quantile((at + 0.5) / count)) / Math.log(1.1));
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([bin, n]) => ({ from: 1.1 ** (bin - 1), to: 1.1 ** bin, count: n }));
}

test('an exponential tail has shape 0, and is known far out', () => {
  const fit = fitTail(bucketsOf(20_000, (share) => -200 * Math.log(1 - share)))!;

  expect(Math.abs(fit.shape)).toBeLessThan(0.05);
  // exp(-1800 / 200) is 1.2e-4
  expect(probabilityAbove(fit, 1_800)).toBeGreaterThan(8e-5);
  expect(probabilityAbove(fit, 1_800)).toBeLessThan(2e-4);
});

test('a heavy tail is heavy: Pareto of index 4 has shape 0.25', () => {
  const fit = fitTail(bucketsOf(50_000, (share) => 100 * (1 - share) ** -0.25))!;

  expect(fit.shape).toBeGreaterThan(0.15);
  expect(fit.shape).toBeLessThan(0.35);
});

test('a tail that ends is not trusted beyond its end', () => {
  const fit = fitTail(bucketsOf(10_000, (share) => 100 + 900 * share))!;

  expect(fit.shape).toBeLessThan(-0.3);
  expect(probabilityAbove(fit, 5_000)).toBe(0);
});

test('below the threshold the probability is that of the tail', () => {
  const fit = fitTail(bucketsOf(1_000, (share) => 100 + 900 * share))!;

  expect(probabilityAbove(fit, fit.threshold)).toBe(fit.share);
});

test('the shape of a few is drawn to what is known of it, that of many is its own', () => {
  const few = bucketsOf(250, (share) => 100 * (1 - share) ** -0.25);
  const many = bucketsOf(50_000, (share) => 100 * (1 - share) ** -0.25);
  const drawn = (buckets: readonly Bucket[]) =>
    Math.abs(fitTail(buckets, -0.4)!.shape - fitTail(buckets)!.shape) / Math.abs(-0.4 - fitTail(buckets)!.shape);

  expect(drawn(few)).toBeGreaterThan(0.3);
  expect(drawn(many)).toBeLessThan(0.01);
});

test.each<[string, Bucket[]]>([
  ['nothing', []],
  [
    'fourteen',
    [
      { from: 90, to: 100, count: 130 },
      { from: 890, to: 900, count: 14 },
    ],
  ],
])('a tail of %s is no tail', (_, buckets) => {
  expect(fitTail(buckets)).toBeUndefined();
});

test('where the shape is known ten exceedances are enough, and nine are not', () => {
  const tailOf = (count: number): Bucket[] => [
    { from: 90, to: 100, count: 95 },
    { from: 890, to: 900, count },
  ];
  expect(fitTail(tailOf(10), 0.1)).toMatchObject({ exceedances: 10 });
  expect(fitTail(tailOf(10))).toBeUndefined();
  expect(fitTail(tailOf(9), 0.1)).toBeUndefined();
});
