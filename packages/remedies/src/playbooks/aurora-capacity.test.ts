import { expect, test } from '@jest/globals';
import { aFinding, aFunction, CALM } from '../testing/a-context.ts';
import { auroraCapacity } from './aurora-capacity.ts';

const FINDING = aFinding('slow-down', { causes: [{ kind: 'dependency', name: 'RDS', share: 0.9, evidence: [] }] });

const proposedFor = (maxAcu: number) =>
  auroraCapacity.propose({
    finding: FINDING,
    now: 0,
    traffic: CALM,
    function: aFunction(),
    cluster: { clusterId: 'hotel', clusterArn: 'c', secretArn: 's', database: 'd', minAcu: 1, maxAcu },
  })?.change;

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
