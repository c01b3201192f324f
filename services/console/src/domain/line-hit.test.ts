import { expect, test } from '@jest/globals';
import { lineHit } from './line-hit.ts';

test('a longer line is told around what was found, and no character is halved', () => {
  const { detail } = lineHit(
    { functionName: 'pay', at: 1, message: `${'💳'.repeat(101)}x paid ${'💳'.repeat(200)}` },
    'paid',
  );
  expect(detail).toMatch(/^….* paid .*…$/);
  expect(detail.isWellFormed()).toBe(true);
});
