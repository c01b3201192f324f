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
      attempts: async () => [],
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

test('attempts that were refused are asked of CloudWatch, and judged once it knows them', async () => {
  const trial = { metric: 'throttled-share', before: 0.4, target: 0.005, failuresBefore: 0 } as const;
  const stored = aRepair({ trial, remediation: { state: 'verifying', appliedAt: 0 } });
  const remediations = memoryRemediations(stored);
  const asked: [number, number][] = [];
  const verifyAt = (now: number) =>
    verifyRepair(stored.remediation.remediationId, {
      remediations,
      config: async () => RemediationConfig.parse({}),
      windows: async () => [],
      attempts: async (_, since, until) => {
        asked.push([since, until]);
        const starts = Array.from({ length: (until - since) / MINUTE_MS }, (__, at) => since + at * MINUTE_MS);
        return starts.map((start) => ({ start, served: 600, throttled: 0 }));
      },
      now: () => now,
    });

  expect(await verifyAt(3 * MINUTE_MS)).toEqual({ next: 'wait' });
  expect(await verifyAt(4 * MINUTE_MS)).toEqual({ next: 'keep' });
  expect(asked).toEqual([
    [0, MINUTE_MS],
    [0, 2 * MINUTE_MS],
  ]);
  const { remediation } = (await remediations.read(stored.remediation.remediationId))!.value;
  expect(remediation.verification).toMatchObject({ metric: 'throttled-share', unit: 'share', before: 0.4, after: 0 });
});

test('nobody pays for figures that no verdict needs', async () => {
  const stored = aRepair({ remediation: { state: 'verifying', appliedAt: 0 } });
  const remediations = memoryRemediations(stored);

  const next = await verifyRepair(stored.remediation.remediationId, {
    remediations,
    config: async () => RemediationConfig.parse({}),
    windows: async () => [],
    attempts: () => Promise.reject(new Error('nobody should ask')),
    now: () => 5 * MINUTE_MS,
  });

  expect(next).toEqual({ next: 'wait' });
});

test('guardrails that nobody can read undo no repair that works', async () => {
  const stored = aRepair({ remediation: { state: 'verifying', appliedAt: 0 }, verdictMinutes: 15 });
  const remediations = memoryRemediations(stored);

  const next = await verifyRepair(stored.remediation.remediationId, {
    remediations,
    config: () => Promise.reject(new Error('GUARDRAILS_INVALID')),
    windows: async () => [],
    attempts: async () => [],
    now: () => 5 * MINUTE_MS,
  });

  expect(next).toEqual({ next: 'wait' });
});
