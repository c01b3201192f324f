import { expect, test } from '@jest/globals';
import { usdOf } from '@lamplighter/pricing';
import type { ClusterSettings } from '../remedy-context.ts';
import { aFinding, aFunction, CALM } from '../testing/a-context.ts';
import { auroraCapacity } from './aurora-capacity.ts';

const FINDING = aFinding('slow-down', { causes: [{ kind: 'dependency', name: 'RDS', share: 0.9, evidence: [] }] });

const CLUSTER = { clusterId: 'hotel', clusterArn: 'c', secretArn: 's', database: 'd', minAcu: 1, maxAcu: 8 };

const proposed = (cluster: Partial<ClusterSettings>, finding = FINDING) =>
  auroraCapacity.propose({
    finding,
    now: 0,
    traffic: CALM,
    function: aFunction(),
    cluster: { ...CLUSTER, ...cluster },
  });
const proposedFor = (maxAcu: number) => proposed({ maxAcu })?.change;

test.each([
  [2, 4],
  [96, 128],
  [160, 256],
])('a cluster of at most %d ACU may use %d, which its version takes', (before, after) => {
  expect(proposedFor(before)).toMatchObject({ maxAcu: after });
});

test.each([128, 256])('beyond %d ACU nothing is asked that AWS would refuse', (maxAcu) => {
  expect(proposedFor(maxAcu)).toBeUndefined();
});

const USD = usdOf('aurora.serverless_v2_acu_hour');

test.each<[string, Partial<ClusterSettings>, object, number]>([
  ['doubled, and priced when busy', { minAcu: 1, maxAcu: 8 }, { minAcu: 2, maxAcu: 16 }, 8],
  ['no higher below than half of what it may reach', { minAcu: 64, maxAcu: 127.5 }, { minAcu: 64, maxAcu: 128 }, 0.5],
  ['priced when idle, where that is more', { minAcu: 40, maxAcu: 120 }, { minAcu: 64, maxAcu: 128 }, 24],
  ['never lower below than it was', { minAcu: 100, maxAcu: 120 }, { minAcu: 100, maxAcu: 128 }, 8],
  ['priced for each instance', { maxAcu: 8, instances: 3 }, { maxAcu: 16 }, 24],
])('a range is %s', (_, cluster, range, acu) => {
  const proposal = proposed(cluster);

  expect(proposal?.change).toMatchObject(range);
  expect(proposal?.costPerHourUsd).toBeCloseTo(acu * USD, 9);
});

test('who makes a cluster that pauses stay awake says so', () => {
  expect(proposed({ minAcu: 0 })?.reason).toContain('pauses no more');
  expect(proposed({ minAcu: 1 })?.reason).not.toContain('pauses');
});

test.each([
  'FATAL: sorry, too many clients already',
  'FATAL: remaining connection slots are reserved for non-replication superuser connections',
  'ERROR 1040 (HY000): Too many connections',
])('more capacity gives no connection to who hears: %s', (text) => {
  const told = { text: `3 of 10 calls failed with "${text}".` };
  const causes = [{ kind: 'dependency' as const, name: 'database', evidence: [told] }];

  expect(proposed({}, aFinding('connection-pressure', { causes }))).toBeUndefined();
  expect(proposed({}, aFinding('connection-pressure', { causes: [{ ...causes[0]!, evidence: [] }] }))).toBeDefined();
});
