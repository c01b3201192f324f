import { describe, expect, test } from '@jest/globals';
import { crossValidate } from './cross-validate.ts';
import { ensemble } from './ensemble.ts';
import type { Forecaster } from './forecaster.ts';
import { FORECASTERS } from './forecasters.ts';

/** Noise that is the same in each run, from -0.5 to 0.5. */
function noise(): () => number {
  let state = 7;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
}
const next = noise();
const hourly = Array.from({ length: 900 }, (_, hour) => {
  const week = hour % 168 < 120 ? 150 : 0;
  return 500 + 200 * Math.sin((2 * Math.PI * hour) / 24) + week + 80 * next();
});

describe('ensemble', () => {
  test('uses none that is worse than the seasonal naive one on the rolling origins', () => {
    const { members } = ensemble.fit(hourly, { seasonLengths: [24], horizon: 24 });

    const seasonal = crossValidateMember('seasonal-naive');
    expect(members.length).toBeGreaterThan(0);
    for (const { name, error } of members) {
      expect(error).not.toBeNull();
      expect(crossValidateMember(name)).toBeLessThanOrEqual(seasonal);
    }
  });

  test('is the exact season where every day is as the day before', () => {
    const day = Array.from({ length: 24 }, (_, hour) => (hour * 7) % 11);
    const series = Array.from({ length: 240 }, (_, hour) => day[hour % 24]!);

    const { mean } = ensemble.predict(ensemble.fit(series, { seasonLengths: [24] }), 24, []);

    expect(mean).toEqual(day);
  });

  test('covers about what its levels claim', () => {
    const options = { seasonLengths: [24], horizon: 24, first: 600, every: 7, levels: [80, 95] };

    const { coverage } = crossValidate(ensemble, hourly, options);

    expect(coverage[0]!.share).toBeGreaterThan(0.72);
    expect(coverage[0]!.share).toBeLessThan(0.92);
    expect(coverage[1]!.share).toBeGreaterThan(0.91);
  });

  test('is well ahead of the seasonal naive one where there is noise', () => {
    const options = { seasonLengths: [24], horizon: 24, first: 600, every: 7 };

    const ours = crossValidate(ensemble, hourly, options).wape!;

    expect(ours).toBeLessThan(0.8 * crossValidate(named('seasonal-naive'), hourly, options).wape!);
  });
});

function named(name: string): Forecaster {
  return FORECASTERS.find((each) => each.name === name)!;
}

/** With the origins of the ensemble's own plan: 120 points held back, every fourth an origin. */
function crossValidateMember(name: string): number {
  const options = { seasonLengths: [24], horizon: 24, first: hourly.length - 120, every: 4 };
  return crossValidate(named(name), hourly, options).wape!;
}
