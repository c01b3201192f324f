import { openHouse } from '../../demo/house/house.ts';
import { startPager } from '../../demo/house/pager.ts';
import { alertingPolicy, PARAMETERS, SAMPLE_IS_APPROVED } from '../../demo/house/policies.ts';
import { openReleases, type Releases } from '../../demo/house/releases.ts';
import { openSample } from '../faults/sample.ts';
import type { Stage } from './sample-cases.ts';

const SERVICES = ['backbone', 'ingestion', 'analysis', 'remediation', 'alerting', 'reservation'];
const START_MS = Date.UTC(2026, 0, 15, 9);

/** Every playbook may act without asking; what ten faults in a few hours need of the other rails. */
const GUARDRAILS = {
  guardrails: {
    mode: 'automatic',
    automaticUpToRisk: 'high',
    ...SAMPLE_IS_APPROVED,
    budget: { perHourUsd: 20, perMonthUsd: 15_000 },
    blastRadius: { resources: 5, changesPerHour: 60 },
    coolDownMinutes: 1,
    rollbacksPerDay: 50,
  },
  approvers: ['anna'],
};

/** The stacks as packaged, the sample with its traffic, and somebody on call. */
export async function openStage(onStep: (step: string) => void) {
  const house = await openHouse({ services: SERVICES, startMs: START_MS, onStep });
  const pager = await startPager(() => house.clock.now());
  await house.setSecret(PARAMETERS.webhookSecret, 'secret');
  await house.setParameter(PARAMETERS.alerting, alertingPolicy(pager.urls));
  await house.setParameter(PARAMETERS.guardrails, GUARDRAILS);
  const sample = await openSample(house, 11);
  let opened: Promise<Releases> | undefined;
  const stage: Stage = {
    house,
    sample,
    releases: () => {
      opened ??= openReleases(house);
      return opened;
    },
  };
  return {
    stage,
    async close(): Promise<void> {
      await sample.close();
      await house.stop();
      await pager.stop();
    },
  };
}
