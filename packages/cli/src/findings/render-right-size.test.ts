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
  const paint = (_colour: string, text: string) => text;

  expect(renderRightSize('hotel-pay', answer, { paint, isKnown: true })).toContain('Prices of arm64: ');
  expect(renderRightSize('hotel-pay', { ...answer, architecture: 'x86_64' }, { paint, isKnown: false })).toContain(
    'Prices of x86_64, since it is not known what it runs on',
  );
});
