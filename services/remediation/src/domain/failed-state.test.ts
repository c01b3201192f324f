import { expect, test } from '@jest/globals';
import { failureIn } from './failed-state.ts';

test.each([
  [{ Error: 'AccessDenied', Cause: '{"errorMessage":"not allowed","errorType":"AccessDenied"}' }, 'not allowed'],
  [{ Error: 'States.TaskFailed', Cause: 'it broke' }, 'it broke'],
  [{ Error: 'States.Timeout' }, 'States.Timeout'],
  [{ Error: 'States.Timeout', Cause: '' }, 'States.Timeout'],
])('%j is told as %s', (error, words) => {
  expect(failureIn(error)).toBe(words);
});
