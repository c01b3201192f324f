import { expect, test } from '@jest/globals';
import { openCount } from './open-count.ts';

const many = (number: number, severity: string, state = 'open') =>
  Array.from({ length: number }, () => ({ severity, state }));
const whole = { isOpenLeast: false, isCriticalLeast: false };

test('what is told whole is counted as it is; what is put off is open, and not counted as critical', () => {
  const told = [...many(2, 'critical'), ...many(1, 'critical', 'snoozed'), ...many(3, 'warning')];
  expect(openCount(told, { most: 100 })).toEqual({ open: 6, critical: 2, ...whole });
  expect(openCount(told, { most: 100, total: 6 })).toEqual({ open: 6, critical: 2, ...whole });
});

test('as many as are told at once may be some of more, of which others are critical', () => {
  expect(openCount(many(100, 'warning'), { most: 100 })).toEqual({
    open: 100,
    critical: 0,
    isOpenLeast: true,
    isCriticalLeast: true,
  });
});

test('the worst of a number that is known leave out nothing critical', () => {
  const told = [...many(40, 'critical'), ...many(60, 'warning')];
  expect(openCount(told, { most: 100, total: 150 })).toEqual({ open: 150, critical: 40, ...whole });
});

test('where all that is told is critical, more of what is not told may be', () => {
  expect(openCount(many(100, 'critical'), { most: 100, total: 150 })).toEqual({
    open: 150,
    critical: 100,
    isOpenLeast: false,
    isCriticalLeast: true,
  });
});
