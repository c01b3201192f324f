import { expect, test } from '@jest/globals';
import { Fault } from '../scenario/fault.ts';
import { Versions } from './versions.ts';

/** Minutes. */
const deployed = (at: number, weightPct: number, until?: number) =>
  Fault.parse({
    kind: 'bad-deploy',
    target: 'work',
    at: `${at}m`,
    weightPct,
    ...(until !== undefined && { until: `${until}m` }),
  });

/** Minute by minute until after that one. */
function aliasAfter(minute: number, versions: Versions) {
  for (let at = 0; at <= minute; at++) versions.advance(at * 60_000, (at + 1) * 60_000);
  return { ...versions.alias, published: versions.published };
}

test('an alias shows its first version, and no newer one before it is published', () => {
  expect(aliasAfter(1, new Versions([deployed(2, 100)]))).toEqual({ version: '1', weights: {}, published: ['1'] });
});

test.each([
  ['of everything', 100, { version: '2', weights: {} }],
  ['of a share', 10, { version: '1', weights: { 2: 0.1 } }],
  ['of nothing', 0, { version: '1', weights: {} }],
])('a release %s shows as an alias of AWS does', (_, weightPct, shown) => {
  expect(aliasAfter(2, new Versions([deployed(2, weightPct)]))).toEqual({ ...shown, published: ['2', '1'] });
});

test('a version that was withdrawn stays published, and the alias is where it was', () => {
  const versions = new Versions([deployed(2, 100, 4)]);

  expect(aliasAfter(4, versions)).toEqual({ version: '1', weights: {}, published: ['2', '1'] });
  expect(versions.active()).toEqual([{ number: '1', weight: 1, errorShare: 0, durationFactor: 1 }]);
});

test('what a second release leaves goes to the version that had all of it before', () => {
  const versions = new Versions([deployed(2, 100, 6), deployed(4, 10)]);

  expect(aliasAfter(4, versions)).toEqual({ version: '2', weights: { 3: 0.1 }, published: ['3', '2', '1'] });
  versions.advance(6 * 60_000, 7 * 60_000);
  expect(versions.alias).toEqual({ version: '1', weights: { 3: 0.1 } });
});

test('an alias is pointed to any version that was published, and to no other', () => {
  const versions = new Versions([deployed(2, 100), deployed(4, 100)]);
  aliasAfter(4, versions);

  expect(versions.weigh(0, '7')).toBe(false);
  expect(versions.weigh(0, '3')).toBe(false);
  expect(versions.alias.version).toBe('3');
  expect(versions.weigh(0, '1')).toBe(true);
  expect(versions.alias).toEqual({ version: '1', weights: {} });
});
