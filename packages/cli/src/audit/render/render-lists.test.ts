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
