import { describe, expect, test } from '@jest/globals';
import { trackTarget } from './target-tracking.ts';

const track = (utilisation: (number | undefined)[], isScaleInDisabled = false) =>
  trackTarget({ utilisation, targetValue: 0.5, current: 10, isScaleInDisabled });
const times = (count: number, value: number | undefined) => Array.from({ length: count }, () => value);

describe('target tracking', () => {
  test.each<[string, (number | undefined)[], number | undefined]>([
    ['three minutes above the target', [0.6, 0.8, 0.7], 16],
    ['two minutes above it', [0.4, 0.8, 0.7], undefined],
    ['a gap among them', [0.8, undefined, 0.8], undefined],
    ['fifteen minutes well below it', times(15, 0.2), 4],
    ['fourteen of them', times(14, 0.2), undefined],
    ['fifteen just below it', times(15, 0.46), undefined],
    ['fifteen without data', times(15, undefined), undefined],
    ['fifteen of zero', times(15, 0), 1],
  ])('%s', (_, utilisation, capacity) => {
    expect(track(utilisation)).toBe(capacity);
  });

  test('scales nothing in where that is disabled', () => {
    expect(track(times(15, 0.1), true)).toBeUndefined();
    expect(track([0.6, 0.6, 0.6], true)).toBe(12);
  });
});
