import { expect, test } from '@jest/globals';
import { aRepair, memoryRemediations } from '../../test/a-repair.ts';
import { RemediationConfig } from '../domain/remediation-config.ts';
import { verifyRepair } from './verify-repair.ts';

const MINUTE_MS = 60_000;

/** A repair that was applied at minute 0, on a function that nobody has called since. */
function quiet() {
  const stored = aRepair({ remediation: { state: 'verifying', appliedAt: 0 } });
  const remediations = memoryRemediations(stored);
  const config = RemediationConfig.parse({ guardrails: { verdictMinutes: 15 } });
  const { remediationId } = stored.remediation;
  const verifyAt = (now: number) =>
    verifyRepair(remediationId, {
      remediations,
      config: async () => config,
      windows: async () => [],
      now: () => now,
    });
  return { verifyAt, stored: async () => (await remediations.read(remediationId))!.value };
}

test('a repair waits for minutes with calls, and is undone when none came in time', async () => {
  const { verifyAt, stored } = quiet();

  expect(await verifyAt(14 * MINUTE_MS)).toEqual({ next: 'wait' });
  expect(await verifyAt(15 * MINUTE_MS)).toEqual({ next: 'undo' });
  expect((await stored()).remediation.verification).toMatchObject({ metric: 'timeout-share', windows: 0 });
});
