import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Forecaster } from './forecaster.ts';
import { FORECASTERS } from './forecasters.ts';

const OPTIONS = { seasonLengths: [6], horizon: 6 };
const series = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 20, maxLength: 60 });
/** Logarithms and demand sizes have a zero that means something. */
const FIXED_ZERO = /log|median|croston|teunter|scaled-seasonal|ensemble/;

const meanOf = (forecaster: Forecaster, values: readonly number[]): readonly number[] =>
  forecaster.predict(forecaster.fit(values, OPTIONS), 6, []).mean;

function expectClose(actual: readonly number[], wanted: readonly number[], size: number): void {
  for (const [step, value] of actual.entries()) expect(Math.abs(value - wanted[step]!)).toBeLessThan(1e-5 * size);
}

describe.each(FORECASTERS)('$name', (forecaster) => {
  test('forecasts in proportion when the unit changes', () => {
    fc.assert(
      fc.property(series, (values) => {
        const scaled = meanOf(
          forecaster,
          values.map((value) => value * 1024),
        );
        const wanted = meanOf(forecaster, values).map((value) => value * 1024);
        expectClose(scaled, wanted, 1024 * 1000);
      }),
      { numRuns: 25 },
    );
  });
});

describe.each(FORECASTERS.filter(({ name }) => !FIXED_ZERO.test(name)))('$name', (forecaster) => {
  test('follows when every value is shifted', () => {
    fc.assert(
      fc.property(series, (values) => {
        const shifted = meanOf(
          forecaster,
          values.map((value) => value + 4096),
        );
        const wanted = meanOf(forecaster, values).map((value) => value + 4096);
        expectClose(shifted, wanted, 5000);
      }),
      { numRuns: 25 },
    );
  });
});
