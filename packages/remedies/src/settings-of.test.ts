import { expect, test } from '@jest/globals';
import type { Change } from './change.ts';
import { settingsOf } from './settings-of.ts';
import { CACHE, throttle } from './testing/stage-changes.ts';

const configuration = (set: object): Change => ({ kind: 'lambda-configuration', functionName: 'pay', ...set });
const mapping = (uuid: string, set: object): Change => ({
  kind: 'event-source-mapping',
  uuid,
  functionName: 'pay',
  ...set,
});

const shared = (one: Change, other: Change) => settingsOf(one).filter((name) => settingsOf(other).includes(name));

test('a change sets its fields, whatever it was planned from', () => {
  const traced = configuration({ tracing: 'Active', memorySizeMb: undefined, from: { tracing: 'PassThrough' } });

  expect(settingsOf(traced)).toEqual(['lambda/pay/tracing']);
});

test.each<[string, Change, Change]>([
  ['fields of one function', configuration({ tracing: 'Active' }), configuration({ timeoutS: 6 })],
  ['fields of one mapping', mapping('a', { enabled: false }), mapping('a', { batchSize: 10 })],
  ['mappings of one function', mapping('a', { enabled: false }), mapping('b', { enabled: false })],
])('different %s are different settings', (_, one, other) => {
  expect(shared(one, other)).toEqual([]);
});

test('what a pause and the end of a pause set is one setting', () => {
  expect(shared(mapping('a', { enabled: false }), mapping('a', { enabled: true, batchSize: 1 }))).toHaveLength(1);
});

test('a limit of a stage is one setting, its cache another', () => {
  expect(shared(throttle(5), throttle(3))).toHaveLength(1);
  expect(shared(throttle(5), throttle(5, 'dev'))).toEqual([]);
  expect(shared(throttle(5), CACHE)).toEqual([]);
});
