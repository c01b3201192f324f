import { describe, expect, test } from '@jest/globals';
import { AnomalyDetected, type Finding } from '@lamplighter/contracts';
import type { FunctionSettings } from '@lamplighter/remedies';
import { aRepair, memoryRemediations } from '../../../test/a-repair.ts';
import { CALM } from '../../../test/calm-traffic.ts';
import { findingOf } from '../../../test/deployed-remediation.ts';
import { memoryFindings } from '../../../test/memory-findings.ts';
import { advanced } from '../../domain/advance-remediation.ts';
import { RemediationConfig } from '../../domain/remediation-config.ts';
import type { StoredRemediation } from '../../domain/stored-remediation.ts';
import { type PlanRemediationDeps, planRemediation } from './plan-remediation.ts';

const FUNCTION: FunctionSettings = {
  functionName: 'rooms',
  memorySizeMb: 256,
  timeoutS: 3,
  architecture: 'arm64',
  tracing: 'PassThrough',
  unreservedConcurrency: 900,
  aliases: [],
  versions: [],
  scaledAliases: [],
  tags: {},
  mappings: [],
};
const DEAD_LETTERS = {
  queueArn: 'arn:aws:sqs:us-east-1:1:dead',
  sourceQueueArn: 'arn:aws:sqs:us-east-1:1:jobs',
  messages: 9,
  otherSources: [],
  keyed: [],
};
const TIMEOUTS = findingOf({ class: 'timeouts', openedAt: 0, functionName: 'rooms' });

const QUIET = { inChange: [], recent: [], spentPerHourUsd: 0, costs: [] };

function planning(earlier: readonly StoredRemediation[], more: Partial<PlanRemediationDeps> = {}) {
  const remediations = memoryRemediations(...earlier);
  const started: string[] = [];
  const deps: PlanRemediationDeps = {
    remediations,
    findings: memoryFindings(),
    guard: { state: async (now) => ({ version: 1, state: { ...QUIET, now } }) },
    killSwitch: { isOn: async () => false },
    logger: { info: () => undefined },
    home: { accountId: '123456789012', region: 'us-east-1' },
    experience: { all: async () => [], learn: async () => undefined },
    adviser: async (_, remedies) => ({ remedies }),
    context: async (finding, now) => ({ finding, now, traffic: CALM, function: FUNCTION, deadLetters: DEAD_LETTERS }),
    config: async () => RemediationConfig.parse({ guardrails: { allow: [{ playbooks: ['*'] }] } }),
    start: async (remediationId) => void started.push(remediationId),
    now: () => 60_000,
    ...more,
  };
  const planFor = (finding: Finding) => {
    const { Detail } = AnomalyDetected.entry({ change: 'updated', finding }, finding.findingId);
    return planRemediation(JSON.parse(Detail), deps, { publishedAt: deps.now(), isHeld: false });
  };
  const playbooks = async () =>
    (await remediations.ofFinding(TIMEOUTS.findingId)).map(({ remediation }) => remediation.playbook);
  return { planFor, playbooks, started };
}

const running = aRepair({ remediation: { findingId: TIMEOUTS.findingId, state: 'verifying' } });

test('the best remedy that was not tried is stored and started', async () => {
  const { planFor, playbooks, started } = planning([]);

  await planFor(TIMEOUTS);

  expect(await playbooks()).toEqual(['lambda-timeout']);
  expect(started).toHaveLength(1);
});

test('while one repair runs no second one is planned; it is started again, in case who stored it died', async () => {
  const planned = aRepair({ remediation: { findingId: TIMEOUTS.findingId } });
  const { planFor, playbooks, started } = planning([planned]);

  await planFor(TIMEOUTS);

  expect(await playbooks()).toEqual(['lambda-timeout']);
  expect(started).toEqual([planned.remediation.remediationId]);
});

test.each([
  ['account', { accountId: '999999999999' }],
  ['region', { region: 'eu-west-1' }],
])('a finding of another %s leads to nothing here, and the log says what would', async (_, there) => {
  const said: unknown[] = [];
  const { planFor, playbooks } = planning([], { logger: { info: (...words) => void said.push(words) } });

  await planFor({ ...TIMEOUTS, resource: { ...TIMEOUTS.resource, ...there } });

  expect(await playbooks()).toEqual([]);
  expect(said).toEqual([[expect.any(String), expect.objectContaining({ lift: 'Deploy Lamplighter there.' })]]);
});

test('a playbook that was undone too often is left out, and the log says how it comes back', async () => {
  const said: unknown[] = [];
  const undone = { playbook: 'lambda-timeout', findingClass: 'timeouts' as const, kept: 0, undone: 4 };
  const { planFor, playbooks } = planning([], {
    experience: { all: async () => [undone], learn: async () => undefined },
    logger: { info: (...words) => void said.push(words) },
  });

  await planFor(TIMEOUTS);

  expect(await playbooks()).toEqual(['tracing-up']);
  expect(said).toEqual([
    [
      expect.stringContaining('left out'),
      expect.objectContaining({ playbook: 'lambda-timeout', undone: 4, lift: expect.stringContaining('EXPERIENCE') }),
    ],
  ]);
});

test('what is over is cleared up, also while its repair is still held', async () => {
  const { planFor, playbooks } = planning([running]);
  const over = { ...TIMEOUTS, state: 'resolved' as const, resolvedAt: 50_000 };

  await planFor(over);
  await planFor(over);

  expect(await playbooks()).toEqual(['lambda-timeout', 'dead-letter-redrive']);
});

test.each(['planned', 'awaiting-approval', 'approved'] as const)(
  'what is %s when its finding is over is not made any more; what clears up after it is',
  async (state) => {
    const { findingId } = TIMEOUTS;
    const waiting = aRepair({ remediation: { findingId, state } });
    const clearing = aRepair({
      remediation: {
        findingId,
        state: 'awaiting-approval',
        remediationId: 'clearing',
        playbook: 'dead-letter-redrive',
      },
    });
    const remediations = memoryRemediations(waiting, clearing);
    const { planFor } = planning([], { remediations });

    await planFor({ ...TIMEOUTS, state: 'resolved', resolvedAt: 50_000 });

    const states = (await remediations.ofFinding(findingId)).map(({ remediation }) => remediation.state);
    expect(states).toEqual(['expired', 'awaiting-approval']);
  },
);

test('what failed before it changed anything is tried again, thrice in all', async () => {
  const remediations = memoryRemediations();
  const { planFor } = planning([], { remediations });
  const all = () => remediations.ofFinding(TIMEOUTS.findingId);
  for (let tries = 0; tries < 5; tries++) {
    await planFor(TIMEOUTS);
    const open = (await all()).find(({ remediation }) => remediation.state === 'planned');
    if (open === undefined) continue;
    const { version, value } = (await remediations.read(open.remediation.remediationId))!;
    await remediations.write(advanced(value, { state: 'failed', untouched: true }, 1), version);
  }

  const tried = (await all()).map(({ remediation }) => remediation.playbook);
  expect(tried.filter((playbook) => playbook === 'lambda-timeout')).toHaveLength(3);
});

test('what is over and left nothing behind is not looked at', async () => {
  const context = () => Promise.reject(new Error('nobody should ask'));
  const { planFor, playbooks } = planning([], { context });

  await planFor({ ...findingOf({ class: 'traffic-spike', openedAt: 0, functionName: 'rooms' }), state: 'resolved' });

  expect(await playbooks()).toEqual([]);
});

test("the adviser's first is the one that is tried, and what it cost is kept with it", async () => {
  const advice = { modelId: 'a-model', isUsed: true, inputTokens: 700, outputTokens: 9, costUsd: 0.0007 };
  const remediations = memoryRemediations();
  const { planFor } = planning([], {
    remediations,
    adviser: async (_, remedies) => ({ remedies: remedies.toReversed(), advice }),
  });

  await planFor(TIMEOUTS);

  expect(await remediations.ofFinding(TIMEOUTS.findingId)).toMatchObject([
    { remediation: { playbook: 'tracing-up', adviser: advice } },
  ]);
});

describe('what an obstacle stood against', () => {
  const RISK = findingOf({ class: 'out-of-memory-risk', openedAt: 0, functionName: 'rooms' });
  const SERVED = { memorySizeMb: 256, timeoutS: 3, fingerprint: 'released' };
  const released = { aliases: [{ name: 'live', version: '7', weights: {}, served: SERVED }], fingerprint: 'released' };
  const shifting = { ...released, aliases: [{ ...released.aliases[0]!, weights: { '8': 0.1 } }] };

  /** A function whose release is under way, and then over; a plan of it, refused. */
  async function refusedOnce() {
    const as: { now: Partial<FunctionSettings> } = { now: shifting };
    const remediations = memoryRemediations();
    const context: PlanRemediationDeps['context'] = async (finding, now) => ({
      finding,
      now,
      traffic: { ...CALM, maxMemoryUsedMb: 250 },
      function: { ...FUNCTION, ...as.now },
    });
    const { planFor } = planning([], { remediations, context });
    const all = () => remediations.ofFinding(RISK.findingId);
    const end = async (state: 'refused' | 'rolled-back') => {
      const { remediationId } = (await all()).at(-1)!.remediation;
      const { value, version } = (await remediations.read(remediationId))!;
      await remediations.write(advanced(value, { state, endedAt: 1 }, 1), version);
    };
    await planFor(RISK);
    await end('refused');
    return { plan: () => planFor(RISK), all, end, as };
  }

  test('is planned once as long as it stands', async () => {
    const { plan, all } = await refusedOnce();

    await plan();

    expect((await all()).map(({ obstacle }) => obstacle?.lift)).toEqual(['Wait until live points to one version.']);
  });

  test('is planned again when it is gone, as one repair, and not after that', async () => {
    const { plan, all, end, as } = await refusedOnce();
    as.now = released;

    await plan();
    await plan();
    expect((await all()).map(({ obstacle }) => obstacle !== undefined)).toEqual([true, false]);

    await end('rolled-back');
    await plan();
    expect(await all()).toHaveLength(2);
  });
});
