import { expect, test } from '@jest/globals';
import type { Change } from '@lamplighter/remedies';
import { aRepair } from '../../test/a-repair.ts';
import { railsAtWork } from '../../test/rails-at-work.ts';
import { RemediationConfig } from '../domain/remediation-config.ts';

const CONFIG = RemediationConfig.parse({
  guardrails: { mode: 'automatic', automaticUpToRisk: 'high', allow: [{ playbooks: ['*'] }] },
});
const READY_FOR_MINUTES = 120;
const AFTER_THE_COOL_DOWN = 40;

const ready = (qualifier: string, concurrency: number): Change => ({
  kind: 'lambda-provisioned-concurrency',
  functionName: 'hotel-pay',
  qualifier,
  concurrency,
});
const SCHEDULE: Change = {
  kind: 'lambda-provisioned-schedule',
  functionName: 'hotel-pay',
  qualifier: 'live',
  range: { min: 0, max: 20 },
  actions: [{ name: 'lamplighter-07', at: { schedule: 'cron(55 6 * * ? *)', min: 20, max: 20 } }],
};

/** Environments that are kept ready of `live` for two hours, and forty minutes later another change. */
async function afterHeld(change: Change) {
  const rails = railsAtWork(0, CONFIG);
  await rails.plan(
    aRepair({ change: ready('live', 10), untilMinutes: READY_FOR_MINUTES, remediation: { remediationId: 'held' } }),
  );
  await rails.round();
  await rails.finish(0, 'kept');
  await rails.pass(AFTER_THE_COOL_DOWN);
  await rails.plan(aRepair({ change, remediation: { remediationId: 'next', updatedAt: rails.clock.now } }));
  await rails.round();
  const admitted = () => rails.book().some(({ stored }) => stored.remediation.remediationId === 'next');
  return { rails, admitted };
}

test.each([
  ['a schedule', SCHEDULE],
  ['a higher number', ready('live', 20)],
])(
  '%s of what is kept ready for a while waits until that is taken back: its snapshot shall not hold the number of the repair',
  async (_, change) => {
    const { rails, admitted } = await afterHeld(change);
    expect(admitted()).toBe(false);

    await rails.pass(READY_FOR_MINUTES - AFTER_THE_COOL_DOWN);
    await rails.pass(AFTER_THE_COOL_DOWN);
    await rails.round();

    expect(rails.book().map(({ endedAt }) => endedAt !== undefined)).toEqual([true, false]);
  },
);

test.each<[string, Change]>([
  ['another alias', ready('beta', 5)],
  ['another setting', { kind: 'lambda-configuration', functionName: 'hotel-pay', timeoutS: 6 }],
])('%s of the same function does not wait', async (_, change) => {
  const { admitted } = await afterHeld(change);

  expect(admitted()).toBe(true);
});
