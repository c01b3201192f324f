import { describe, expect, test } from '@jest/globals';
import { findBreaches } from './limits.ts';
import { renderFigures } from './render-figures.ts';

describe('renderFigures', () => {
  test('shows a figure beside its limit, and rows as a table', () => {
    const figures = {
      ratio: 1.5,
      eventsPerSecond: 250_000,
      growth: [
        { step: 'ten', ms: 1 },
        { step: 'hundred', ms: 12 },
      ],
    };
    expect(renderFigures(figures, { ratio: { max: 2 } }).split('\n')).toEqual([
      'ratio            1.5  (limit: at most 2)',
      'eventsPerSecond  250,000',
      'growth',
      '  step     ms',
      '  ten       1',
      '  hundred  12',
    ]);
  });
});

describe('findBreaches', () => {
  test.each([
    [{ ratio: 2 }, []],
    [{ ratio: 2.01 }, ['ratio']],
    [{ ratio: Number.NaN }, ['ratio']],
    [{}, ['ratio']],
  ])('of %j at most 2 finds %j', (figures, breaches) => {
    expect(findBreaches(figures, { ratio: { max: 2 } })).toEqual(breaches);
  });
});
