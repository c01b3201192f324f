import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScheduledActionsCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  GetProvisionedConcurrencyConfigCommand,
  LambdaClient,
  ProvisionedConcurrencyConfigNotFoundException,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Remediation } from '@lamplighter/contracts';
import { anAdvice } from './an-advice.ts';
import { type RemediationHouse, startRemediation } from './deployed-remediation.ts';
import { readRecords } from './repair-records.ts';
import { deployAliasedFunction } from './watched-function.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const LAMBDA = { ServiceNamespace: 'lambda' } as const;

let house: RemediationHouse;
beforeAll(async () => {
  house = await startRemediation(Date.UTC(2026, 0, 15, 12));
});
afterAll(() => house?.stop());

/** Tells an advice, as often as it takes to be heard by a bus that delivers at least once. */
async function advise(functionName: string, concurrency: number, { times = 1 } = {}): Promise<void> {
  const advice = anAdvice(functionName, concurrency, house.clock.now());
  for (let time = 0; time < times; time++) await house.advise(advice);
  await house.settle(5_000);
  await house.settle(MINUTE_MS);
}

/** What Application Auto Scaling and Lambda have of a function's alias. */
async function aliasOf(functionName: string) {
  const ResourceId = `function:${functionName}:live`;
  const scaling = house.sandbox.client(ApplicationAutoScalingClient);
  const [{ ScalableTargets = [] }, { ScheduledActions = [] }] = await Promise.all([
    scaling.send(new DescribeScalableTargetsCommand({ ...LAMBDA, ResourceIds: [ResourceId] })),
    scaling.send(new DescribeScheduledActionsCommand({ ...LAMBDA, ResourceId })),
  ]);
  return {
    ranges: ScalableTargets.map(({ MinCapacity, MaxCapacity }) => [MinCapacity, MaxCapacity]),
    actions: ScheduledActions.map(({ Schedule, ScalableTargetAction }) => [
      Schedule,
      ScalableTargetAction?.MinCapacity,
      ScalableTargetAction?.MaxCapacity,
    ]),
    ready: await readyOf(functionName),
  };
}

async function readyOf(FunctionName: string): Promise<number> {
  try {
    const asked = new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier: 'live' });
    return (await house.sandbox.client(LambdaClient).send(asked)).RequestedProvisionedConcurrentExecutions ?? 0;
  } catch (error) {
    if (error instanceof ProvisionedConcurrencyConfigNotFoundException) return 0;
    throw error;
  }
}

const NOTHING_LEFT = { ranges: [], actions: [], ready: 0 };

async function repairsOf(functionName: string): Promise<Remediation[]> {
  const answer = await house.ask({ kind: 'recent', limit: 50 });
  const all = answer.kind === 'remediations' ? answer.remediations : [];
  return all.filter(({ resource }) => resource.name === functionName).reverse();
}

test('a new install only says that it would follow an advice', async () => {
  await house.setGuardrails({ mode: 'dry-run' });
  await deployAliasedFunction(house.sandbox, 'advised-dry');

  await advise('advised-dry', 3);

  expect(await repairsOf('advised-dry')).toMatchObject([{ playbook: 'provisioned-schedule', state: 'dry-run-ended' }]);
  expect(await aliasOf('advised-dry')).toEqual(NOTHING_LEFT);
});

test('what a guardrail refuses is refused with its rail', async () => {
  await house.setGuardrails({ budget: { perHourUsd: 0.01, perMonthUsd: 50 } });
  await house.settle(20_000);
  await deployAliasedFunction(house.sandbox, 'advised-dear');

  await advise('advised-dear', 3);

  expect(await repairsOf('advised-dear')).toMatchObject([{ state: 'refused', refusals: [{ rail: 'budget' }] }]);
  expect(await aliasOf('advised-dear')).toEqual(NOTHING_LEFT);
});

test('the schedule is applied once however often it is told, works, gives way to the next one that the rails let in, and is undone when it ends', async () => {
  // Enough for one of them.
  await house.setGuardrails({ budget: { perHourUsd: 0.02, perMonthUsd: 50 } });
  await house.settle(20_000);
  await deployAliasedFunction(house.sandbox, 'advised');

  await advise('advised', 3, { times: 2 });
  expect(await repairsOf('advised')).toMatchObject([{ state: 'kept', mode: 'automatic' }]);
  expect(await aliasOf('advised')).toEqual({
    ranges: [[0, 3]],
    actions: [
      ['cron(55 6 * * ? *)', 3, 3],
      ['cron(0 22 * * ? *)', 0, 0],
    ],
    ready: 0,
  });

  await house.settle(DAY_MS);
  expect(await readyOf('advised')).toBe(3);
  await advise('advised', 5);
  await house.settle(10 * MINUTE_MS);
  expect((await repairsOf('advised')).map(({ state }) => state)).toEqual(['rolled-back', 'kept']);
  expect(await aliasOf('advised')).toMatchObject({ ranges: [[0, 5]], ready: 3 });

  await house.settle(DAY_MS);
  expect(await readyOf('advised')).toBe(5);
  await house.setGuardrails({ budget: { perHourUsd: 0.01, perMonthUsd: 50 } });
  await house.settle(20_000);
  await advise('advised', 7);
  expect(await repairsOf('advised')).toMatchObject([{}, { state: 'kept' }, { state: 'refused' }]);
  expect(await readyOf('advised')).toBe(5);

  await advise('advised', 0);
  await house.settle(10 * MINUTE_MS);

  expect(await aliasOf('advised')).toEqual(NOTHING_LEFT);
  const repairs = await repairsOf('advised');
  expect(repairs).toMatchObject([
    { state: 'rolled-back', withdrawn: expect.stringContaining('took its place') },
    { state: 'rolled-back', withdrawn: expect.stringContaining('no longer advised') },
    { state: 'refused', refusals: [{ rail: 'budget' }] },
  ]);
  const { locks, executions } = await readRecords(house.sandbox);
  expect(locks).toBe(0);
  expect(executions.filter(({ name }) => repairs.some(({ remediationId }) => name.startsWith(remediationId)))).toEqual(
    Array.from({ length: 4 }, () => expect.objectContaining({ status: 'SUCCEEDED' })),
  );
});
