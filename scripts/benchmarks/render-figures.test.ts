import { expect, test } from '@jest/globals';
import { renderFigures } from './render-figures.ts';

test('renderFigures shows single figures a line each, and rows as a table', () => {
  const figures = {
    ratio: 1.5,
    eventsPerSecond: 250_000,
    growth: [
      { step: 'ten', ms: 1 },
      { step: 'hundred', ms: 12 },
    ],
  };
  expect(renderFigures(figures).split('\n')).toEqual([
    'ratio            1.5',
    'eventsPerSecond  250,000',
    'growth',
    '  step     ms',
    '  ten       1',
    '  hundred  12',
  ]);
});
