import { expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import { type PlannedRemedy, planRemedies, trialOf } from '@lamplighter/remedies';
import { createScenario, runWithAgent, type ScenarioInput, Twin } from '@lamplighter/simulator';
import { findingWatch } from './finding-watch.ts';
import { twinContext } from './twin-context.ts';

const LEAK: ScenarioInput = {
  name: 'leak',
  seed: 3,
  start: '2026-11-21T08:00:00Z',
  duration: '80m',
  account: { concurrency: 1000 },
  traffic: [{ to: 'bookings-api', curve: { kind: 'constant', rate: '20/s' } }],
  apis: { 'bookings-api': { to: 'bookings', kind: 'http' } },
  functions: { bookings: { memoryMb: 512, timeout: '3s', cpuMs: 15 } },
  faults: [{ kind: 'memory-leak', target: 'bookings', mbPerMinute: 12, at: '40m', until: '80m' }],
} as unknown as ScenarioInput;

/** The first finding of a class in the twin, and what is planned for it. */
function plannedFor(scenario: ScenarioInput, kind: Finding['class']) {
  const watch = findingWatch();
  const planned: { readonly finding: Finding; readonly remedy: PlannedRemedy; readonly metric: string }[] = [];
  runWithAgent(new Twin(createScenario(scenario)), (windows, state) => {
    for (const window of windows) watch.assess(window, state);
    for (const finding of watch.open().filter((one) => one.class === kind)) {
      const context = twinContext(finding, watch, state);
      const [remedy] = planRemedies(context, []);
      if (remedy !== undefined) planned.push({ finding, remedy, metric: trialOf(remedy, context).metric });
    }
    return [];
  });
  return planned[0];
}

test('the diagnosis tells a leak in the words by which its repair knows the pace', () => {
  const { remedy, metric } = plannedFor(LEAK, 'memory-leak')!;

  expect(remedy.playbook.name).toBe('lambda-memory');
  const [, pace] = /at the pace of the finding, ([\d.]+) MB a minute, the 256 MB more gain \d+ minutes\./.exec(
    remedy.proposal.reason,
  )!;
  expect(Number(pace)).toBeGreaterThan(8);
  expect(Number(pace)).toBeLessThan(16);
  expect(metric).toBe('memory-use');
});
