import { expect, test } from '@jest/globals';
import { renderRightSize } from './render-right-size.ts';

test('it is said whose prices these are', () => {
  const size = { memorySizeMb: 512, basis: 'measured', p95Ms: { least: 90, most: 90 } } as const;
  const answer = {
    currentMb: 512,
    architecture: 'arm64',
    calls: 60,
    maxMemoryUsedMb: 90,
    leastMb: 128,
    curve: [{ ...size, usdPerMillion: { least: 1, most: 1 } }],
    recommendation: { memorySizeMb: 512, text: 'Keep 512 MB.' },
  } as const;
  expect(renderRightSize('hotel-pay', answer, (_colour, text) => text)).toContain('Prices of arm64');
});
