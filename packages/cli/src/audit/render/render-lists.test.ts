import { expect, test } from '@jest/globals';
import { RETRIED_STORY, TIMEOUT_STORY } from '../../testing/timeout-story.ts';
import { invocationLines } from './render-lists.ts';

test('ids of any length leave the columns after them where they are', () => {
  const invocations = [
    { ...TIMEOUT_STORY.invocation, requestId: 'short' },
    { ...RETRIED_STORY.invocation, requestId: 'a-request-id-that-is-longer' },
  ];

  const [first = '', second = ''] = invocationLines(invocations, { paint: (_colour, part) => part });

  expect(first.indexOf(' ms')).toBeGreaterThan(0);
  expect(first.indexOf(' ms')).toBe(second.indexOf(' ms'));
});

test('in a window of 80 columns the day stands above, and no line is wider', () => {
  const failed = { ...TIMEOUT_STORY.invocation, status: 'out-of-memory' as const };
  const [day, ...lines] = invocationLines([failed, TIMEOUT_STORY.invocation], {
    paint: (_colour, part) => part,
    width: 80,
  });

  expect(day).toBe('2020-06-09 UTC');
  expect(lines).toEqual([
    `✗ 15:02:23.146 ${failed.requestId} 3003.16 ms ran out of memory`,
    `✗ 15:02:23.146 ${failed.requestId} 3003.16 ms timed out cold, …`,
  ]);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});
