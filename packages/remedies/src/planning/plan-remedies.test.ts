import { describe, expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import { Change } from '../change.ts';
import { PLAYBOOKS } from '../playbooks/playbooks.ts';
import type { RemedyContext, Traffic } from '../remedy-context.ts';
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
  coldStartShare: 0.3,
  maxMemoryUsedMb: 250,
};

function finding(kind: Finding['class'], rest: Partial<Finding> = {}): Finding {
  return {
    findingId: `${kind}/1`,
    class: kind,
    severity: 'critical',
    resource: { accountId: '1', region: 'us-east-1', type: 'lambda-function', name: 'hotel-pay' },
    state: 'open',
    revision: 0,
    openedAt: 0,
    updatedAt: 0,
    title: '',
    explanation: '',
    evidence: [],
    causes: [],
    groupKey: '',
    confidence: 1,
    lookAt: [],
    ...rest,
  };
}

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
      aliases: [{ name: 'live', version: '7', weights: {} }],
      versions: ['7', '6'],
      tags: { 'lamplighter:warm': 'allowed' },
      mappings: [
        { uuid: 'm1', sourceArn: 'arn:aws:kinesis:us-east-1:1:stream/bookings', enabled: true, batchSize: 100 },
      ],
      deadLetterQueueArn: 'arn:aws:sqs:us-east-1:1:dead',
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
    table: { tableName: 't', isOnDemand: false, readUnits: 5, writeUnits: 5 },
    api: { apiId: 'a', stage: '$default', rateLimit: 1_000, burstLimit: 2_000 },
  };
}

describe('every playbook', () => {
  const causes: Finding['causes'] = [
    { kind: 'deploy', name: 'version 7', evidence: [] },
    { kind: 'dependency', name: 'dynamodb: ThrottlingException', share: 0.2, evidence: [] },
  ];
  test.each(PLAYBOOKS.map((playbook) => [playbook.name, playbook] as const))(
    '%s answers something with a change that is valid',
    (_, playbook) => {
      const proposals = playbook.answers.flatMap((kind) => {
        const about =
          kind === 'async-failures' ? finding(kind, { state: 'resolved', causes }) : finding(kind, { causes });
        const context = everything(about);
        const calm = { ...context, traffic: { ...TRAFFIC, failureShare: 0 } };
        const bare = { ...context, finding: finding(kind) };
        return [context, calm, bare].flatMap((one) => playbook.propose(one) ?? []);
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
  });
});

test('what was undone again and again is not proposed any more', () => {
  const about = finding('timeouts');
  const failing = [{ playbook: 'lambda-timeout', findingClass: 'timeouts' as const, kept: 0, undone: 9 }];

  expect(planRemedies(everything(about), []).map(({ playbook }) => playbook.name)).toContain('lambda-timeout');
  expect(planRemedies(everything(about), failing).map(({ playbook }) => playbook.name)).not.toContain('lambda-timeout');
});

test("more memory costs more, and the figure is the price book's", () => {
  const [best] = planRemedies(everything(finding('out-of-memory')), []);

  // 36,000 calls of 0.2 s an hour; from 0.25 to 0.375 GB; $0.0000133334 a GB-second on arm64.
  expect(best?.proposal.costPerHourUsd).toBeCloseTo(36_000 * 0.2 * 0.125 * 0.0000133334, 9);
});
