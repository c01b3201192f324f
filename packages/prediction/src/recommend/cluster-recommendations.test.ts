import { expect, test } from '@jest/globals';
import { connectionsOf } from '../capacity/gauges-of.ts';
import { forCluster } from './cluster-recommendations.ts';

const cluster = (minAcu: number, maxAcu: number) =>
  ({ kind: 'cluster', name: 'hotel', isPostgres: true, minAcu, maxAcu }) as const;
const connections = (minAcu: number, maxAcu: number, factor = 1.2) => {
  const limit = { kind: 'connections', name: 'c', value: connectionsOf(minAcu, maxAcu), unit: 'connections' } as const;
  return forCluster(cluster(minAcu, maxAcu), limit, factor);
};
const capacity = (minAcu: number, maxAcu: number) =>
  forCluster(cluster(minAcu, maxAcu), { kind: 'database-capacity', name: 'a', value: maxAcu, unit: 'ACU' }, 1.2);

test('more connections need a larger maximum, and a cluster that pauses goes on pausing', () => {
  expect(connections(0, 4)).toMatchObject([
    { parameters: { minAcu: 0, maxAcu: 5 }, costPerHourUsd: 0, effect: expect.not.stringMatching(/pauses|clock/) },
  ]);
});

test('only where a small minimum caps connections it is raised, and said what that costs', () => {
  expect(connections(0, 16)).toMatchObject([
    {
      parameters: { minAcu: 1, maxAcu: 16 },
      costPerHourUsd: expect.closeTo(0.12),
      effect: expect.stringMatching(/paid around the clock\. The cluster then never pauses\.$/),
    },
  ]);
  expect(connections(0.5, 16)[0]!.effect).not.toContain('pauses');
});

test('where AWS gives no more connections nothing is recommended', () => {
  expect(connections(1, 64)).toEqual([]);
});

test('a cluster that pauses and is kept ready for a load pauses no more, which is said', () => {
  expect(capacity(0, 8)[0]).toMatchObject({
    parameters: { minAcu: 4, maxAcu: 10 },
    effect: expect.stringContaining('never pauses'),
  });
  expect(capacity(6, 8)[0]).toMatchObject({ parameters: { minAcu: 6, maxAcu: 10 }, costPerHourUsd: 0 });
});
