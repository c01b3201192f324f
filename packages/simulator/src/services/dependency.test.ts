import { expect, test } from '@jest/globals';
import { throttledCall } from './dependency.ts';

test('three attempts at a throttled call fail together with the cube of the share', () => {
  expect(throttledCall(0.5, 3, 100)).toEqual({ failShare: 0.125, waitMs: 0.5 * 100 + 0.25 * 200 });
  expect(throttledCall(0, 3, 100)).toEqual({ failShare: 0, waitMs: 0 });
});
