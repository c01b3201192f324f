import { expect, test } from '@jest/globals';
import type { Change } from '@lamplighter/remedies';
import { aRepair } from '../../test/a-repair.ts';
import { railsAtWork } from '../../test/rails-at-work.ts';
import { RemediationConfig } from '../domain/remediation-config.ts';

const CONFIG = RemediationConfig.parse({
  guardrails: { mode: 'automatic', automaticUpToRisk: 'high', allow: [{ playbooks: ['*'] }] },
});
const READY_FOR_MINUTES = 120;
const MINUTE_MS = 60_000;
const AFTER_THE_COOL_DOWN = 40;
/** Of all stopgaps: a cache. */
const LONGEST_HOLD_MINUTES = 180;

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

interface Stopgap {
  readonly change: Change;
  readonly untilMinutes?: number;
}

/** Environments that are kept ready of `live` for two hours, or another stopgap, and forty minutes later another change. */
async function afterHeld(
  next: Stopgap,
  held: Stopgap = { change: ready('live', 10), untilMinutes: READY_FOR_MINUTES },
  afterMinutes = AFTER_THE_COOL_DOWN,
) {
  const rails = railsAtWork(0, CONFIG);
  await rails.plan(aRepair({ ...held, remediation: { remediationId: 'held' } }));
  await rails.round();
  await rails.finish(0, 'kept');
  await rails.pass(afterMinutes);
  await rails.plan(aRepair({ ...next, remediation: { remediationId: 'next', updatedAt: afterMinutes * MINUTE_MS } }));
  await rails.round();
  const admitted = () => rails.book().some(({ stored }) => stored.remediation.remediationId === 'next');
  return { rails, admitted, outcome: () => rails.read('next') };
}

test.each([
  ['a schedule', SCHEDULE],
  ['a higher number', ready('live', 20)],
])(
  '%s of what is kept ready for a while waits until that is taken back: its snapshot shall not hold the number of the repair',
  async (_, change) => {
    const { rails, admitted } = await afterHeld({ change });
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
  const { admitted } = await afterHeld({ change });

  expect(admitted()).toBe(true);
});

const TRACE: Change = { kind: 'lambda-configuration', functionName: 'hotel-pay', tracing: 'Active' };
const cache = (ttlS: number): Change => ({
  kind: 'api-cache',
  apiId: 'a1b2c3',
  stage: 'prod',
  clusterEnabled: true,
  clusterSizeGb: '0.5',
  cachingEnabled: true,
  ttlS,
});

test.each([
  ['a cache', cache(60)],
  ['a trace', TRACE],
])('%s that is there already is not waited for: its finding may lead to another playbook', async (_, change) => {
  const stopgap = { change, untilMinutes: LONGEST_HOLD_MINUTES };

  const { rails, admitted, outcome } = await afterHeld(stopgap, stopgap);

  expect(await outcome()).toMatchObject({
    state: 'failed',
    untouched: true,
    endedAt: rails.clock.now,
    failure: 'Nothing was changed. It is so already, by held, until about 1970-01-01 03:00 UTC.',
  });
  expect(admitted()).toBe(false);
});

test('another value waits until no stopgap stays, and is set then', async () => {
  const untilMinutes = LONGEST_HOLD_MINUTES;
  const [asked, held] = [cache(30), cache(60)].map((change) => ({ change, untilMinutes }));
  const { rails, admitted, outcome } = await afterHeld(asked!, held, -AFTER_THE_COOL_DOWN);
  for (let waited = 0; waited < untilMinutes; waited += 10) {
    expect(await outcome()).toMatchObject({ state: 'planned', refusals: [] });
    await rails.pass(10);
    await rails.round();
  }

  await rails.pass(AFTER_THE_COOL_DOWN);
  await rails.round();

  expect(admitted()).toBe(true);
});
