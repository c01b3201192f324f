import { describe, expect, test } from '@jest/globals';
import { FAULTS, type SeededFault } from '../testing/faults.ts';
import { CONTEXT, type HealthyRun, healthySimulation, MONDAY, runFault, runHealthy } from '../testing/run-fault.ts';

const HOUR_MS = 3_600_000;
const HEALTHY_MINUTES = 105;
const TRAFFIC = { callsPerMinute: 120, dailyAmplitude: 0.4, weekendFactor: 0.6, noise: 0.15, burstFactor: 1 };
/** `pnpm bench findings` takes more. */
const SEEDS = Array.from({ length: 8 }, (_, index) => index + 1);

describe('a fault is found, once, with its class, in time', () => {
  test.each(FAULTS)('$name: $class', (fault) => {
    for (const seed of SEEDS) {
      const { before, after } = run(fault, seed);
      const [found] = after;

      const classes = after.map(({ finding }) => finding.class);
      const isLate = (found?.minutesSinceOnset ?? 0) > (fault.within ?? 1);
      expect({ seed, before: before.length, classes, isLate }).toEqual({
        seed,
        before: 0,
        classes: [fault.class],
        isLate: false,
      });
    }
  });
});

test.each(FAULTS)('$name: the finding stands alone, with figures, evidence and a way on', (fault) => {
  const [found] = run(fault, 3).after;
  const { finding } = found as NonNullable<typeof found>;

  expect(finding.title).toContain(CONTEXT.functionName);
  expect(finding.explanation).toMatch(/\d/);
  expect(finding.explanation).not.toMatch(/NaN|Infinity|undefined|\[object/);
  expect(finding.evidence.length).toBeGreaterThan(0);
  expect(finding.lookAt.some(({ command }) => command?.startsWith('pnpm lamplighter '))).toBe(true);
  expect(finding.openedAt).toBeGreaterThanOrEqual(MONDAY);
});

const healthyRuns = new Map<string, HealthyRun>();

function run(fault: SeededFault, seed: number) {
  const start = MONDAY + ((seed * 5) % 24) * HOUR_MS;
  const simulation = healthySimulation(fault, { seed, start, minutes: HEALTHY_MINUTES, traffic: TRAFFIC });
  const key = JSON.stringify(simulation);
  const healthy = healthyRuns.get(key) ?? runHealthy(simulation);
  healthyRuns.set(key, healthy);
  return runFault(fault, healthy, 4 + (fault.within ?? 0));
}
