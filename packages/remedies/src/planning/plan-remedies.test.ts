import { describe, expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import { Change } from '../change.ts';
import { PLAYBOOKS } from '../playbooks/playbooks.ts';
import type { RemedyContext, Traffic } from '../remedy-context.ts';
import { aFinding } from '../testing/a-context.ts';
import { planRemedies } from './plan-remedies.ts';

const TRAFFIC: Traffic = {
  minutes: 5,
  callsPerMinute: 600,
  peakConcurrency: 20,
  p50Ms: 200,
  p95Ms: 2_000,
  maxMs: 3_000,
  failureShare: 0.2,
  timeoutShare: 0.1,
  outOfMemoryShare: 0.05,
  coldStartShare: 0.1,
  maxMemoryUsedMb: 250,
};

const SERVED = { memorySizeMb: 256, timeoutS: 3, fingerprint: 'released' };

const finding = (kind: Finding['class'], rest: Partial<Finding> = {}): Finding =>
  aFinding(kind, { severity: 'critical', resource: { ...aFinding(kind).resource, name: 'hotel-pay' }, ...rest });

function everything(about: Finding): RemedyContext {
  return {
    finding: about,
    now: 0,
    traffic: TRAFFIC,
    normal: { ...TRAFFIC, peakConcurrency: 4, callsPerMinute: 120, p95Ms: 300 },
    function: {
      functionName: 'hotel-pay',
      memorySizeMb: 256,
      timeoutS: 3,
      architecture: 'arm64',
      tracing: 'PassThrough',
      applicationLogLevel: 'INFO',
      unreservedConcurrency: 900,
      aliases: [{ name: 'live', version: '7', weights: {}, served: SERVED }],
      fingerprint: SERVED.fingerprint,
      versions: ['7', '6'],
      scaledAliases: [],
      tags: { 'lamplighter:warm': 'allowed' },
      mappings: [
        { uuid: 'm1', sourceArn: 'arn:aws:kinesis:us-east-1:1:stream/bookings', enabled: true, batchSize: 100 },
      ],
    },
    cluster: {
      clusterId: 'c',
      clusterArn: 'arn:aws:rds:us-east-1:1:cluster:c',
      secretArn: 'arn:aws:secretsmanager:us-east-1:1:secret:s',
      database: 'd',
      minAcu: 0,
      maxAcu: 4,
      sequentialScan: { table: 'payment', columns: ['card_token'], statement: 'select' },
    },
    stream: { streamName: 'bookings', mode: 'PROVISIONED', shards: 2 },
    deadLetters: {
      queueArn: 'arn:aws:sqs:us-east-1:1:dead',
      sourceQueueArn: 'arn:aws:sqs:us-east-1:1:jobs',
      messages: 9,
      otherSources: [],
      keyed: [],
    },
    table: { tableName: 't', isOnDemand: false, readUnits: 5, writeUnits: 5 },
    cache: { cacheName: 'rooms', engine: 'valkey', maxEcpuPerSecond: 5_000 },
    api: { protocol: 'REST', apiId: 'a', stage: 'prod', isShared: false, rateLimit: 1_000, cache: { isOn: false } },
    earlier: [-86_400_000, -2 * 86_400_000 + 1_800_000],
  };
}

describe('every playbook', () => {
  const causes: Finding['causes'] = [
    { kind: 'deploy', name: 'version 7', evidence: [] },
    { kind: 'dependency', name: 'dynamodb: ThrottlingException', share: 0.2, evidence: [] },
    { kind: 'dependency', name: 'valkey: rates', share: 0.2, evidence: [] },
  ];
  test.each(PLAYBOOKS.map((playbook) => [playbook.name, playbook] as const))(
    '%s answers something with a change that is valid',
    (_, playbook) => {
      const proposals = playbook.answers.flatMap((kind) => {
        const about = finding(kind, { causes, state: playbook.afterwards ? 'resolved' : 'open' });
        const context = everything(about);
        const calm = { ...context, traffic: { ...TRAFFIC, failureShare: 0 } };
        const bare = { ...context, finding: finding(kind) };
        const traced = { ...bare, function: { ...context.function!, tracing: 'Active' as const, aliases: [] } };
        const table = { tableName: 't', isOnDemand: true, readUnits: 0, writeUnits: 0 };
        const onDemand = { ...context, table: { ...table, warmReadUnits: 12_000, warmWriteUnits: 4_000 } };
        const mapping = { uuid: 'm2', sourceArn: 'arn:aws:sqs:us-east-1:1:jobs', enabled: true, batchSize: 10 };
        const { api: _, ...readsQueue } = { ...context, function: { ...context.function!, mappings: [mapping] } };
        const quick = { ...context, traffic: { ...TRAFFIC, p95Ms: 90 } };
        return [context, calm, bare, traced, onDemand, readsQueue, quick].flatMap((one) => playbook.propose(one) ?? []);
      });

      expect(proposals.length).toBeGreaterThan(0);
      for (const { change, title, undo, costPerHourUsd } of proposals) {
        expect(Change.parse(change)).toEqual(change);
        expect(title).not.toMatch(/undefined|NaN/);
        expect(undo).not.toMatch(/undefined|NaN/);
        expect(Number.isFinite(costPerHourUsd)).toBe(true);
      }
    },
  );

  test.each(PLAYBOOKS.map((playbook) => [playbook.name, playbook] as const))(
    '%s proposes nothing where it knows nothing',
    (_, playbook) => {
      const { finding: about, now, traffic } = everything(finding(playbook.answers[0]!));

      expect(playbook.propose({ finding: about, now, traffic })).toBeUndefined();
    },
  );
});

test('a bad deploy goes back to the version before', () => {
  const about = finding('bad-deploy', { causes: [{ kind: 'deploy', name: 'version 7', evidence: [] }] });
  const [best] = planRemedies(everything(about), []);

  expect(best?.proposal.change).toEqual({
    kind: 'lambda-alias',
    functionName: 'hotel-pay',
    alias: 'live',
    version: '6',
    weights: {},
    from: { version: '7', weights: {} },
  });
});

test('what was undone again and again is not proposed any more', () => {
  const about = finding('timeouts');
  const failing = [{ playbook: 'lambda-timeout', findingClass: 'timeouts' as const, kept: 0, undone: 9 }];

  expect(planRemedies(everything(about), []).map(({ playbook }) => playbook.name)).toContain('lambda-timeout');
  expect(planRemedies(everything(about), failing).map(({ playbook }) => playbook.name)).not.toContain('lambda-timeout');
});

test('what nothing verifies does not rise by being kept each time', () => {
  const context = everything(finding('timeouts'));
  const learnt = [
    { playbook: 'tracing-up', findingClass: 'timeouts' as const, kept: 30, undone: 0 },
    { playbook: 'lambda-timeout', findingClass: 'timeouts' as const, kept: 8, undone: 2 },
  ];

  const names = planRemedies(context, learnt).map(({ playbook }) => playbook.name);

  expect(names).toContain('tracing-up');
  expect(names.indexOf('tracing-up')).toBeGreaterThan(names.indexOf('lambda-timeout'));
});

test("more memory costs more, and the figure is the price book's", () => {
  const [best] = planRemedies(everything(finding('out-of-memory')), []);

  // 36,000 calls of 0.2 s an hour; from 0.25 to 0.375 GB; $0.0000133334 a GB-second on arm64.
  expect(best?.proposal.costPerHourUsd).toBeCloseTo(36_000 * 0.2 * 0.125 * 0.0000133334, 9);
});

describe('a schedule of provisioned concurrency', () => {
  const DAY_MS = 86_400_000;
  const NINE = Date.UTC(2026, 0, 15, 9);
  const proposedAfter = (...earlier: number[]) => {
    const about = finding('cold-starts', { openedAt: NINE });
    const names = planRemedies({ ...everything(about), earlier }, []).map(({ playbook }) => playbook.name);
    return names.includes('provisioned-schedule');
  };

  test.each<[string, number[], boolean]>([
    ['never before', [], false],
    ['once before', [NINE - DAY_MS], false],
    ['on two earlier days', [NINE - DAY_MS, NINE - 3 * DAY_MS + 1_800_000], true],
    ['twice on one earlier day', [NINE - DAY_MS, NINE - DAY_MS + 600_000], false],
    ['at other hours', [NINE - DAY_MS + 4 * 3_600_000, NINE - 2 * DAY_MS - 4 * 3_600_000], false],
    ['today', [NINE, NINE - 60_000], false],
  ])('is proposed for what happened %s: %s', (_, earlier, expected) => {
    expect(proposedAfter(...earlier)).toBe(expected);
  });

  test('begins before the hour, ends after it, and costs the hours that it holds', () => {
    const about = finding('cold-starts', { openedAt: NINE });
    const [best] = planRemedies({ ...everything(about), earlier: [NINE - DAY_MS, NINE - 2 * DAY_MS] }, []);

    expect(best?.proposal.change).toMatchObject({
      range: { min: 0, max: 22 },
      actions: [
        { name: 'lamplighter-up', at: { schedule: 'cron(30 8 * * ? *)', min: 22, max: 22 } },
        { name: 'lamplighter-down', at: { schedule: 'cron(0 11 * * ? *)', min: 0, max: 0 } },
      ],
    });
    // 22 environments of 0.25 GB for 2.5 of 24 hours; $0.0000033334 a GB-second on arm64.
    expect(best?.proposal.costPerHourUsd).toBeCloseTo(22 * 0.25 * 3_600 * 0.0000033334 * (2.5 / 24), 6);
  });

  test('leaves alone an alias that its owner scales', () => {
    const about = finding('cold-starts', { openedAt: NINE });
    const context = { ...everything(about), earlier: [NINE - DAY_MS, NINE - 2 * DAY_MS] };
    const scaled = { ...context, function: { ...context.function!, scaledAliases: ['live'] } };

    const names = planRemedies(scaled, []).map(({ playbook }) => playbook.name);
    expect(names).not.toContain('provisioned-schedule');
    expect(names).not.toContain('provisioned-concurrency');
  });
});

describe('a schedule that is advised', () => {
  const advised = {
    functionName: 'hotel-pay',
    qualifier: 'live',
    actions: [
      { name: 'lamplighter-07', schedule: 'cron(55 6 * * ? *)', concurrency: 12 },
      { name: 'lamplighter-22', schedule: 'cron(0 22 * * ? *)', concurrency: 0 },
    ],
    extraUsdPerDay: 6,
  };
  const context = { ...everything(finding('cold-starts')), advised };
  const proposed = (given: RemedyContext) =>
    planRemedies(given, []).find(({ playbook }) => playbook.name === 'provisioned-schedule')?.proposal;

  test('is proposed as it is, whatever happened before, at the price that was told', () => {
    expect(proposed(context)).toMatchObject({
      change: {
        functionName: 'hotel-pay',
        qualifier: 'live',
        range: { min: 0, max: 12 },
        actions: [
          { name: 'lamplighter-07', at: { schedule: 'cron(55 6 * * ? *)', min: 12, max: 12 } },
          { name: 'lamplighter-22', at: { schedule: 'cron(0 22 * * ? *)', min: 0, max: 0 } },
        ],
      },
      costPerHourUsd: 0.25,
      patch: expect.stringContaining('ScheduledActionName: ready-22, Schedule: "cron(0 22 * * ? *)"'),
    });
  });

  test.each<[string, Partial<NonNullable<RemedyContext['function']>>]>([
    ['the alias is gone', { aliases: [] }],
    ['its owner scales the alias', { scaledAliases: ['live'] }],
    ['less than 100 would be left to other functions', { unreservedConcurrency: 111 }],
  ])('is not proposed where %s', (_, settings) => {
    expect(proposed({ ...context, function: { ...context.function!, ...settings } })).toBeUndefined();
  });
});

test('an API that other functions answer too is not throttled for one of them', () => {
  const context = everything(finding('traffic-spike'));
  const shared = { ...context, api: { ...context.api!, isShared: true } };

  expect(planRemedies(context, []).map(({ playbook }) => playbook.name)).toContain('api-throttle');
  expect(planRemedies(shared, []).map(({ playbook }) => playbook.name)).not.toContain('api-throttle');
});

test('what is over is not repaired, and what it left behind is cleared up only then', () => {
  const names = (state: Finding['state']) => {
    const context = everything(finding('timeouts', { state }));
    const calm = { ...context, traffic: { ...TRAFFIC, failureShare: 0 } };
    return planRemedies(calm, []).map(({ playbook }) => playbook.name);
  };

  expect(names('resolved')).toEqual(['dead-letter-redrive']);
  expect(names('open')).not.toContain('dead-letter-redrive');
});

test('a stream is doubled while it is small, and goes on demand when it is large', () => {
  const changeOf = (shards: number) => {
    const context = everything(finding('iterator-age'));
    const stream = { streamName: 'bookings', mode: 'PROVISIONED' as const, shards };
    const found = planRemedies({ ...context, stream }, []).find(({ playbook }) => playbook.name === 'kinesis-capacity');
    return found?.proposal.change;
  };

  expect(changeOf(32)).toMatchObject({ shards: 64 });
  expect(changeOf(33)).toMatchObject({ mode: 'ON_DEMAND' });
});

test('what cannot be done as things stand is told after what can, and with what would let it', () => {
  const context = everything(finding('timeouts'));
  const unreleased = { ...context, function: { ...context.function!, fingerprint: 'newer' } };

  expect(planRemedies(context, []).at(-1)?.playbook.name).not.toBe('lambda-timeout');
  expect(planRemedies(unreleased, []).at(-1)).toMatchObject({
    playbook: { name: 'lambda-timeout' },
    proposal: { obstacle: { lift: expect.stringContaining('Release what $LATEST holds') } },
  });
});
