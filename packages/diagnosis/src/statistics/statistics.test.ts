import { expect, test } from '@jest/globals';
import { fitTail, probabilityAbove } from '@lamplighter/time-series';
import fc from 'fast-check';
import { seededRandom } from '../testing/random.ts';
import { binomialSurprise, countSurprise, twoProportionSurprise } from './count-surprise.ts';
import { bucketsOf, fade, histogramOf, quantileOf } from './histogram.ts';
import { rankSurprise } from './rank-surprise.ts';
import { significant } from './significant.ts';
import { trendOf } from './trend.ts';

test('three of three at a usual percent are less surprising than thirty of thirty', () => {
  // -ln(0.01^3): the exact tail
  expect(binomialSurprise(3, 3, 0.01)).toBeCloseTo(13.8155, 3);
  expect(binomialSurprise(30, 30, 0.01)).toBeCloseTo(138.155, 2);
  expect(binomialSurprise(1, 100, 0.01)).toBe(0);
});

test('is never more alarmed than the exact binomial tail', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0.001, max: 0.9, noNaN: true }),
      fc.integer({ min: 0, max: 60 }),
      (trials, probability, some) => {
        const events = Math.min(trials, some);
        expect(binomialSurprise(events, trials, probability)).toBeLessThanOrEqual(
          -Math.log(binomialTail(events, trials, probability)) + 1e-9,
        );
      },
    ),
  );
});

test('a count of a bursty series is judged by its own dispersion', () => {
  expect(countSurprise(40, 10, 1)).toBeCloseTo(25.45, 1);
  expect(countSurprise(40, 10, 5)).toBeCloseTo(5.09, 1);
  expect(countSurprise(0, 12, 1)).toBe(12);
});

test('two proportions: half of the G statistic of the table, the sum of O ln(O / E): 2 ln(2/11) + 20 ln(20/11) + 98 ln(98/89) + 80 ln(80/89)', () => {
  const surprise = twoProportionSurprise({ events: 2, trials: 100 }, { events: 20, trials: 100 });
  expect(surprise).toBeCloseTo(9.459, 2);
  expect(twoProportionSurprise({ events: 20, trials: 100 }, { events: 2, trials: 100 })).toBe(0);
});

test('the tail of an exponential distribution is found where two calls in twenty thousand are', () => {
  const random = seededRandom(5);
  const durations = Array.from({ length: 20_000 }, () => [-200 * Math.log(1 - random.next()), 1] as const);
  const fit = fitTail(bucketsOf(histogramOf(durations)));

  // exp(-1800 / 200) is 1.2e-4
  const probability = probabilityAbove(fit as NonNullable<typeof fit>, 1_800);
  expect(fit?.shape).toBeGreaterThan(-0.1);
  expect(fit?.shape).toBeLessThan(0.1);
  expect(probability).toBeGreaterThan(3e-5);
  expect(probability).toBeLessThan(5e-4);
});

test('a quantile of a histogram is within a twentieth', () => {
  const histogram = histogramOf(Array.from({ length: 1_000 }, (_, index) => [index + 1, 1] as const));
  expect(Math.abs((quantileOf(histogram, 0.95) ?? 0) / 950 - 1)).toBeLessThanOrEqual(0.055);
});

test('a trend is told from noise (Mann-Kendall of 1..10: tau 1, one-sided p 5e-5)', () => {
  const rising = trendOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(rising).toMatchObject({ tau: 1, slopePerStep: 1 });
  expect(rising.surprise).toBeGreaterThan(9);
  expect(trendOf([5, 1, 4, 2, 6, 3, 5, 1, 4, 2]).surprise).toBeLessThan(1);
});

function binomialTail(events: number, trials: number, probability: number): number {
  let tail = 0;
  let coefficient = 1;
  for (let k = 0; k <= trials; k++) {
    if (k >= events) tail += coefficient * probability ** k * (1 - probability) ** (trials - k);
    coefficient = (coefficient * (trials - k)) / (k + 1);
  }
  return Math.min(1, tail);
}

test('ranks: ten of ten above ten are one in many thousands, three of three above three prove little, and equals nothing', () => {
  const from = (start: number, count: number) => Array.from({ length: count }, (_, index) => start + index);
  // The exact probability is 1 of 20!/(10! 10!) = 184,756: 12.1.
  expect(rankSurprise(from(0, 10), from(100, 10))).toBeGreaterThan(8);
  expect(rankSurprise(from(0, 10), from(100, 10))).toBeLessThan(12.1);
  expect(rankSurprise(from(0, 3), from(100, 3))).toBeLessThan(Math.log(20) + 1);
  expect(rankSurprise(from(100, 10), from(0, 10))).toBe(0);
  expect(rankSurprise([5, 5, 5], [5, 5, 5])).toBe(0);
  expect(rankSurprise([], [1, 2])).toBe(0);
});

test('ranks of what did not change surprise by 7 in one of a thousand at most', () => {
  const random = seededRandom(11);
  const draw = () => Array.from({ length: 15 }, () => random.normal());
  const surprised = Array.from({ length: 4_000 }, () => rankSurprise(draw(), draw())).filter((each) => each >= 7);
  expect(surprised.length).toBeLessThanOrEqual(6);
});

test('fading keeps a share of each old count and adds the new, bin by bin, in order', () => {
  const histogram = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.double({ min: 0.02, max: 9_999, noNaN: true })), {
      selector: ([bin]) => bin,
    })
    .map((bins) => bins.toSorted(([a], [b]) => a - b));
  const share = fc.double({ min: 0.001, max: 1, noNaN: true });
  fc.assert(
    fc.property(histogram, share, histogram, share, (before, keep, added, weight) => {
      const faded = fade(before, keep, added, weight);
      const [old, fresh] = [new Map(before), new Map(added)];

      expect(faded.map(([bin]) => bin)).toEqual(faded.map(([bin]) => bin).toSorted((a, b) => a - b));
      for (let bin = 0; bin <= 40; bin++) {
        const sum = (old.get(bin) ?? 0) * keep + (fresh.get(bin) ?? 0) * weight;
        expect(new Map(faded).get(bin)).toBe(sum < 0.01 ? undefined : Number(sum.toPrecision(5)));
      }
    }),
  );
});

test('significant digits are those that toPrecision keeps', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
      fc.integer({ min: 1, max: 6 }),
      (value, digits) => {
        const kept = significant(value, digits);

        expect(Math.abs(kept - Number(value.toPrecision(digits)))).toBeLessThanOrEqual(
          Math.abs(value) * 10 ** (1 - digits),
        );
        expect(Number(kept.toPrecision(digits))).toBe(kept);
      },
    ),
  );
});

test.each([0, Number.POSITIVE_INFINITY, Number.NaN])('%p stays what it is', (value) => {
  expect(significant(value, 5)).toBe(value);
});
