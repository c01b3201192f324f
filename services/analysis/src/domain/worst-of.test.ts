import { expect, test } from '@jest/globals';
import type { Severity } from '@lamplighter/contracts';
import { worstOf } from './worst-of.ts';

const listed = (...severities: readonly Severity[]) => severities.map((severity, at) => ({ severity, at }));
const kept = (most: number, ...severities: readonly Severity[]) =>
  worstOf(listed(...severities), most).map(({ at }) => at);

test.each<[string, number, Severity[], number[]]>([
  ['all where they fit', 3, ['warning', 'info', 'critical'], [0, 1, 2]],
  ['the critical one behind younger warnings', 2, ['warning', 'warning', 'critical'], [0, 2]],
  ['the newest of one severity', 2, ['warning', 'warning', 'warning'], [0, 1]],
  ['the newest of each', 3, ['info', 'critical', 'warning', 'critical', 'critical'], [1, 3, 4]],
])('of findings are told %s', (_, most, severities, expected) => {
  expect(kept(most, ...severities)).toEqual(expected);
});
