import { expect, test } from '@jest/globals';
import { aRepair } from '../../test/a-repair.ts';
import { MOST_WAIT_MS, waitedTooLong } from './waited-too-long.ts';

const REPAIR = aRepair({ remediation: { updatedAt: 0 } });
const REASON = 'It is not its turn.';
const liftAt = (until?: number) =>
  waitedTooLong(REPAIR, { reason: REASON, ...(until !== undefined && { until }) }, MOST_WAIT_MS)?.lift;

test('who waits for a stopgap that is sound is told to let it end; of what should be over, its row may be left', () => {
  expect(liftAt(MOST_WAIT_MS + 1)).toMatch(/^Wait until that is taken back/);
  expect(liftAt(MOST_WAIT_MS)).toMatch(/delete that row/);
  expect(liftAt()).toMatch(/delete that row/);
});
