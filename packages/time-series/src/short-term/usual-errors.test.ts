import { expect, test } from '@jest/globals';
import { judgeErrors, NOTHING_USUAL, type UsualErrors } from './usual-errors.ts';

/** Ten points at which the nearest way was off by 10. */
const known = Array.from({ length: 10 }).reduce<UsualErrors>(
  (usual) => judgeErrors(usual, [10, 15], 1).usual,
  NOTHING_USUAL,
);

test('what every way missed counts as three usual errors of the nearest, and does not become usual', () => {
  const { errors, astray, isShock, usual } = judgeErrors(known, [1_010, 1_000], 1);

  expect(errors).toEqual([40, 30]);
  expect(astray).toEqual([10, 0]);
  expect(isShock).toBe(true);
  expect(usual).toEqual({ sum: 130, count: 11 });
});

test('a point that is off by less is no new level', () => {
  expect(judgeErrors(known, [230, 235], 1)).toMatchObject({ errors: [30, 35], isShock: false });
});

test('where one way saw it coming there is no shock: the other went astray', () => {
  expect(judgeErrors(known, [1_010, 12], 1)).toMatchObject({ errors: [1_010, 12], astray: [980, 0], isShock: false });
});

test('before it is known what is usual there is no shock', () => {
  expect(judgeErrors(NOTHING_USUAL, [1_010, 1_000], 1)).toMatchObject({ errors: [1_010, 1_000], isShock: false });
});
