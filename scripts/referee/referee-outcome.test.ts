import { expect, test } from '@jest/globals';
import { isFailure, type RefereeOutcome } from './referee-outcome.ts';

test.each<[RefereeOutcome['kind'], string | undefined, boolean]>([
  ['passed', '1', false],
  ['failed', undefined, true],
  ['failed', '1', true],
  ['skipped', undefined, false],
  ['skipped', '', false],
  ['skipped', '1', true],
])('%s with CI=%s: fails the run is %s', (kind, CI, fails) => {
  expect(isFailure({ kind }, { CI })).toBe(fails);
});
