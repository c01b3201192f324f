import { expect, test } from '@jest/globals';
import type { Playbook } from '../playbook.ts';
import type { RemedyContext } from '../remedy-context.ts';
import { aFinding, aFunction, CALM } from '../testing/a-context.ts';
import { PLAYBOOKS } from './playbooks.ts';
import { WARM_TAG } from './pre-warm.ts';

const DAY_MS = 86_400_000;
const NOON = Date.UTC(2026, 0, 15, 12);

/** What happens once, or is its owner's to decide: there is nothing that the next deploy could keep. */
const WITHOUT = ['alias-rollback', 'stop-loop', 'fresh-environments', 'pre-warm', 'dead-letter-redrive'];

const cause = (kind: 'dependency' | 'deploy', name: string) => ({ kind, name, evidence: [] });
const stream = { uuid: 's', sourceArn: 'arn:aws:kinesis:us-east-1:1:stream/bookings', enabled: true, batchSize: 10 };
const queue = { uuid: 'q', sourceArn: 'arn:aws:sqs:us-east-1:1:jobs', enabled: true, batchSize: 10, retentionS: 9e5 };

/** Of everything that some playbook changes there is one; each sees what it needs. */
const EVERYTHING: Omit<RemedyContext, 'finding'> = {
  now: NOON,
  traffic: { ...CALM, peakConcurrency: 40, maxMemoryUsedMb: 250, coldStartShare: 0.1, throttledShare: 0 },
  normal: { ...CALM, peakConcurrency: 4, byVersion: [{ version: '6', calls: 100, failures: 0 }] },
  earlier: [NOON - DAY_MS, NOON - 2 * DAY_MS],
  cluster: {
    ...{ clusterId: 'hotel', clusterArn: 'arn:aws:rds:us-east-1:1:cluster:hotel', secretArn: 's', database: 'd' },
    ...{ minAcu: 1, maxAcu: 8, sequentialScan: { table: 't', columns: ['c'], statement: 'select' } },
  },
  stream: { streamName: 'bookings', mode: 'PROVISIONED', shards: 2 },
  table: { tableName: 'guests', isOnDemand: false, readUnits: 5, writeUnits: 5 },
  cache: { cacheName: 'rates', engine: 'valkey', maxStorageGb: 2, maxEcpuPerSecond: 5_000 },
  deadLetters: { queueArn: 'dead', sourceQueueArn: 'jobs', messages: 3, otherSources: [], keyed: [] },
};
const API = { protocol: 'HTTP', apiId: 'a', stage: 's', isShared: false, cache: { isOn: false } } as const;
const WARM_TABLE = {
  tableName: 'g',
  isOnDemand: true,
  readUnits: 0,
  writeUnits: 0,
  warmReadUnits: 9,
  warmWriteUnits: 9,
};

const LARGE_STREAM = { streamName: 'bookings', mode: 'PROVISIONED', shards: 40 } as const;

const SETTINGS = aFunction({ tags: { [WARM_TAG]: 'allowed' }, versions: ['7', '6'] });
const LIVE = { name: 'live', version: '7', weights: {} };
const PASSIVE = { ...SETTINGS, tracing: 'PassThrough', applicationLogLevel: 'INFO' } as const;
const NAMED = [cause('dependency', 'dynamodb: get'), cause('dependency', 'redis'), cause('dependency', 'aurora')];

/** In these worlds every playbook has something to propose in one of them at least. */
const WORLDS: readonly (Omit<RemedyContext, 'finding'> & { readonly causes?: readonly ReturnType<typeof cause>[] })[] =
  [
    { ...EVERYTHING, function: SETTINGS },
    { ...EVERYTHING, function: PASSIVE, api: API },
    { ...EVERYTHING, function: SETTINGS, causes: NAMED },
    { ...EVERYTHING, function: SETTINGS, table: WARM_TABLE, causes: NAMED },
    { ...EVERYTHING, function: { ...SETTINGS, mappings: [stream] } },
    { ...EVERYTHING, function: { ...SETTINGS, mappings: [stream] }, stream: LARGE_STREAM },
    { ...EVERYTHING, function: { ...SETTINGS, mappings: [queue] } },
    { ...EVERYTHING, function: { ...SETTINGS, aliases: [LIVE] }, causes: [cause('deploy', 'version 7')] },
  ];

const proposalsOf = (playbook: Playbook) =>
  WORLDS.flatMap(({ causes = [], ...world }) =>
    playbook.answers.flatMap((kind) => {
      const finding = aFinding(kind, { openedAt: NOON, causes: [...causes] });
      return playbook.propose({ ...world, finding }) ?? [];
    }),
  );

test.each(PLAYBOOKS.map((playbook) => [playbook.name, playbook] as const))(
  'what %s leaves in force is offered as a patch',
  (name, playbook) => {
    const proposals = proposalsOf(playbook);

    expect(proposals.length).toBeGreaterThan(0);
    const lasting = proposals.filter(({ untilMinutes, obstacle }) => untilMinutes === undefined && !obstacle);
    const isPatched = lasting.map(({ patch }) => patch !== undefined && patch.length > 0);
    expect(isPatched).toEqual(lasting.map(() => !WITHOUT.includes(name)));
  },
);

test('nobody is offered to make a pause permanent', () => {
  const pauses = PLAYBOOKS.flatMap(proposalsOf).filter(({ change }) => 'enabled' in change && !change.enabled);

  expect(pauses.length).toBeGreaterThan(0);
  expect(pauses.filter(({ patch }) => patch !== undefined)).toEqual([]);
});

test.each([
  ['BillingMode: PAY_PER_REQUEST', '        # take ProvisionedThroughput out, of its indexes too\n'],
  ['StreamMode: ON_DEMAND', '        # take ShardCount out\n'],
])('%s is offered with what CloudFormation refuses beside it', (property, note) => {
  const patches = PLAYBOOKS.flatMap(proposalsOf).flatMap(({ patch }) => (patch?.includes(property) ? patch : []));

  expect(patches.length).toBeGreaterThan(0);
  for (const patch of patches) expect(patch).toContain(note);
});
