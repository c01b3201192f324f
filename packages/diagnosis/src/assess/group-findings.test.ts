import { expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import { aWindow } from '../testing/a-window.ts';
import { CONTEXT } from '../testing/run-fault.ts';
import type { Fact } from '../windows/fact.ts';
import { assessFunction, type FindingChange } from './assess-function.ts';
import { newFunctionState } from './function-state.ts';
import { groupFindings } from './group-findings.ts';

const HEALTHY = 60;
const T0 = Date.UTC(2026, 0, 5, 8);
const minute = (index: number): number => T0 + index * 60_000;

test('functions that wait for one database are one group', () => {
  const slow = (functionName: string, at: number): Finding => {
    const windows = [
      ...Array.from({ length: HEALTHY }, (_, index) => aWindow(at + minute(index))),
      ...[0, 1].map((index) => aWindow(at + minute(HEALTHY + index), {}, 0, 900)),
    ];
    const facts: Fact[] = [
      { kind: 'dependency', id: 'd', at: at + minute(HEALTHY), name: 'aurora', beforeMs: 10, afterMs: 800, share: 0.9 },
    ];
    const { changes } = assessFunction(newFunctionState(), { windows, facts }, { ...CONTEXT, functionName });
    const [{ finding }] = changes as [FindingChange];
    return finding;
  };
  const grouped = groupFindings([slow('b', 120_000), slow('a', 0), slow('c', 3_600_000)]);

  expect(grouped[0]?.class).toBe('dependency-slow');
  expect(grouped[0]?.groupKey).toBe(grouped[1]?.groupKey);
  expect(grouped[2]?.groupKey).not.toBe(grouped[1]?.groupKey);
});

test.each([
  ['the limit that they share', undefined, 1],
  ['limits of their own', 20, 2],
])('functions that are refused at %s are as many groups', (_name, concurrencyLimit, groups) => {
  const refused = (functionName: string, at: number): Finding => {
    const windows = Array.from({ length: HEALTHY + 2 }, (_, index) =>
      aWindow(at + minute(index), index < HEALTHY ? {} : { throttles: 12 }),
    );
    const own = concurrencyLimit === undefined ? {} : { concurrencyLimit };
    const context = { ...CONTEXT, functionName, ...own };
    const [{ finding }] = assessFunction(newFunctionState(), { windows }, context).changes as [FindingChange];
    return finding;
  };
  const grouped = groupFindings([refused('reports', 0), refused('payments', 120_000)]);

  expect(grouped.map((finding) => finding.class)).toEqual(['throttling', 'throttling']);
  expect(new Set(grouped.map(({ groupKey }) => groupKey)).size).toBe(groups);
});
