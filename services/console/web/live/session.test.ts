import { expect, test } from '@jest/globals';
import { endSession, isSessionOver, watchSession } from './session.ts';

test('who watches hears that the sign-in has ended, also where it ended before', () => {
  const early: boolean[] = [];
  const late: boolean[] = [];
  watchSession((hasEnded) => early.push(hasEnded));

  endSession();
  const stop = watchSession((hasEnded) => late.push(hasEnded));
  stop();
  endSession();

  expect(isSessionOver()).toBe(true);
  expect(early).toEqual([false, true, true]);
  expect(late).toEqual([true]);
});
