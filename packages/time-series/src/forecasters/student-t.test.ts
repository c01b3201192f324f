import { expect, test } from '@jest/globals';
import { studentRadius } from './student-t.ts';

/** Of every table of the distribution; Student, Biometrika 6 (1908). */
test.each([
  [1, 0.95, 12.706],
  [2, 0.95, 4.303],
  [3, 0.95, 3.182],
  [4, 0.95, 2.776],
  [7, 0.95, 2.365],
  [18, 0.95, 2.101],
  [1, 0.8, 3.078],
  [5, 0.99, 4.032],
  [10, 0.999, 4.587],
])('of %i errors %d are within %d root mean squares', (count, level, radius) => {
  expect(studentRadius(count, level)).toBeCloseTo(radius, 3);
});
