import { expect, test } from '@jest/globals';
import { ProvisioningAdvised, type Remediation } from '@lamplighter/contracts';
import type { FunctionSettings, Traffic } from '@lamplighter/remedies';
import { memoryRemediations } from '../../../test/a-repair.ts';
import { anAdvice } from '../../../test/an-advice.ts';
import { advanced } from '../../domain/advance-remediation.ts';
import { type Advice, advisedFinding } from '../../domain/advised-finding.ts';
import { RemediationConfig } from '../../domain/remediation-config.ts';
import { planAdvice } from './plan-advice.ts';

const DAY_MS = 86_400_000;
const NOON = Date.UTC(2026, 0, 15, 12);
const FUNCTION: FunctionSettings = {
  functionName: 'rooms',
  memorySizeMb: 256,
  timeoutS: 3,
  architecture: 'arm64',
  tracing: 'PassThrough',
  unreservedConcurrency: 900,
  aliases: [{ name: 'live', version: '7', weights: {} }],
  versions: ['7'],
  scaledAliases: [],
  tags: { team: 'rooms' },
  mappings: [],
};

/** A day on which advices come at noon and a little later. */
function planning() {
  const remediations = memoryRemediations();
  const started: string[] = [];
  const withdrawn: string[] = [];
  const scaledAliases: string[] = [];
  const clock = { now: NOON };
  const take = ({ adviceId, ...rest }: Advice) => {
    const { Detail } = ProvisioningAdvised.entry({ adviceId, ...rest }, adviceId);
    return planAdvice(JSON.parse(Detail), {
      remediations,
      experience: { all: async () => [], learn: async () => undefined },
      context: async (finding, now) => ({
        finding,
        now,
        traffic: {} as Traffic,
        function: { ...FUNCTION, scaledAliases },
      }),
      config: async () => RemediationConfig.parse({}),
      start: async (remediationId) => void started.push(remediationId),
      withdraw: async (remediationId) => void withdrawn.push(remediationId),
      home: { accountId: '123456789012', region: 'us-east-1' },
      logger: { info: () => undefined },
      now: () => clock.now,
    });
  };
  const all = () => remediations.ofFinding(advisedFinding(anAdvice('rooms', 1, 0)).findingId);
  return {
    take,
    started,
    withdrawn,
    scaledAliases,
    clock,
    all,
    states: async () => (await all()).map(({ remediation }) => remediation.state),
    become: async (state: Remediation['state']) => {
      const [stored] = await all();
      const { version } = (await remediations.read(stored!.remediation.remediationId))!;
      await remediations.write(advanced(stored!, { state }, NOON), version);
    },
  };
}

const FIRST = anAdvice('rooms', 12, NOON);
const SECOND = anAdvice('rooms', 20, NOON + DAY_MS);
const NOTHING = anAdvice('rooms', 0, NOON + DAY_MS);

test('an advice is a plan of the schedule with its price, a dry run by default', async () => {
  const { take, all, started } = planning();

  expect(await take(FIRST)).toBe('done');

  const [plan] = await all();
  expect(plan).toMatchObject({
    advisedAt: NOON,
    change: { kind: 'lambda-provisioned-schedule', functionName: 'rooms', qualifier: 'live', range: { max: 12 } },
    resourceTags: { team: 'rooms' },
    remediation: { playbook: 'provisioned-schedule', mode: 'dry-run', state: 'planned', costPerHourUsd: 0.015625 },
  });
  expect(started).toEqual([plan!.remediation.remediationId]);
});

test('the same advice twice is one repair, which is started again in case who stored it died', async () => {
  const { take, all, started } = planning();

  await take(FIRST);
  await take(FIRST);

  expect(await all()).toHaveLength(1);
  expect(new Set(started).size).toBe(1);
});

test('what is older than a day is not planned: it may have been taken back since', async () => {
  const { take, all, clock } = planning();
  clock.now = NOON + DAY_MS;

  await take(NOTHING);
  expect(await take(FIRST)).toBe('done');

  expect(await all()).toEqual([]);
});

test.each(['planned', 'awaiting-approval', 'approved'] as const)(
  'what is %s when its advice ends is asked for no longer',
  async (state) => {
    const { take, states, become, withdrawn } = planning();
    await take(FIRST);
    await become(state);

    expect(await take(NOTHING)).toBe('done');

    expect(await states()).toEqual(['expired']);
    expect(withdrawn).toEqual([]);
  },
);

test('what is in force when its advice ends is withdrawn, and waited for', async () => {
  const { take, all, become, withdrawn } = planning();
  await take(FIRST);
  await become('kept');

  expect(await take(NOTHING)).toBe('later');
  expect(withdrawn).toEqual([(await all())[0]!.remediation.remediationId]);
  await become('rolled-back');

  expect(await take(NOTHING)).toBe('done');
  expect(withdrawn).toHaveLength(1);
});

test('another schedule is planned beside the one in force, whose place it takes', async () => {
  const { take, all, states, become, clock, withdrawn, scaledAliases } = planning();
  await take(FIRST);
  await become('kept');
  scaledAliases.push('live');
  clock.now = NOON + DAY_MS;
  const [named] = SECOND.schedule!.actions;
  const moved = { ...SECOND, schedule: { ...SECOND.schedule!, actions: [{ ...named!, name: 'lamplighter-08' }] } };

  expect(await take(moved)).toBe('done');

  expect(withdrawn).toEqual([]);
  expect(await states()).toEqual(['kept', 'planned']);
  const [first, second] = await all();
  expect(second).toMatchObject({
    replaces: first!.remediation.remediationId,
    change: {
      range: { max: 20 },
      actions: [
        { name: 'lamplighter-08', at: { max: 20 } },
        { name: 'lamplighter-07', at: null },
        { name: 'lamplighter-22', at: null },
      ],
    },
  });
});

test('a schedule for another alias follows when the first one is undone', async () => {
  const { take, states, become, clock } = planning();
  await take(FIRST);
  await become('kept');
  clock.now = NOON + DAY_MS;
  const elsewhere = { ...SECOND, schedule: { ...SECOND.schedule!, qualifier: 'beta' } };

  expect(await take(elsewhere)).toBe('later');
  expect(await states()).toEqual(['kept']);
});

test('what is being changed is looked at again when it is', async () => {
  const { take, become, withdrawn } = planning();
  await take(FIRST);
  await become('verifying');

  expect(await take(NOTHING)).toBe('later');
  expect(withdrawn).toEqual([]);
});

test('an earlier advice that comes late ends nothing', async () => {
  const { take, states, become, clock } = planning();
  clock.now = NOON + DAY_MS;
  await take(SECOND);
  await become('kept');

  expect(await take(FIRST)).toBe('done');

  expect(await states()).toEqual(['kept']);
});
