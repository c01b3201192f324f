import { expect, test } from '@jest/globals';
import type { FunctionColumn } from '../../src/domain/function-view.ts';
import { signalLines } from './signal-lines.ts';

const STEP_MS = 120_000;
const column = (start: number, figures: Partial<FunctionColumn>): FunctionColumn => ({
  ...{ start, invocations: 0, failures: 0, coldStarts: 0, p50Ms: null, p99Ms: null },
  ...{ maxMemoryUsedMb: 0, maxConcurrency: 0, costUsd: 0 },
  ...figures,
});
const columns = [
  column(0, { invocations: 99 }),
  column(STEP_MS, {
    ...{ invocations: 40, failures: 8, coldStarts: 2, p50Ms: 100, p99Ms: 900 },
    ...{ maxMemoryUsedMb: 300, maxConcurrency: 5, costUsd: 0.0004 },
  }),
  column(2 * STEP_MS, {}),
  column(3 * STEP_MS, { invocations: 1 }),
];
const totals = {
  ...{ invocations: 140, failures: 8, coldStarts: 2, costUsd: 0, maxMemoryUsedMb: 300, memorySizeMb: 512 },
  ...{ maxConcurrency: 5, p50Ms: null, p99Ms: null },
};
const view = { columns, stepMs: STEP_MS, until: 3.5 * STEP_MS, totals };
const valuesOf = (signal: Parameters<typeof signalLines>[0]) =>
  Object.fromEntries(signalLines(signal, view, STEP_MS).series.map(({ label, values }) => [label, values]));

test('counts are told by the minute, from an instant on, without the column that is not over', () => {
  expect(signalLines('calls', view, STEP_MS).x).toEqual([STEP_MS, 2 * STEP_MS]);
  expect(valuesOf('calls')).toEqual({ calls: [20, 0], failed: [4, 0] });
  expect(valuesOf('cold-starts')).toEqual({ calls: [20, 0], 'cold starts': [1, 0] });
});

test('what nobody measured while nothing was called is unknown, not none', () => {
  expect(valuesOf('latency')).toEqual({ p50: [100, null], p99: [900, null] });
  expect(valuesOf('memory')).toEqual({ used: [300, null] });
  expect(valuesOf('cost')).toEqual({ 'a million calls': [10, null] });
  expect(valuesOf('concurrency')).toEqual({ 'at once': [5, 0] });
});

test('a chart says what it shows', () => {
  expect(signalLines('memory', view, 0).label).toBe('Highest memory use, of 512 MB');
  expect(signalLines('calls', view, 0).label).toBe('Calls and failures a minute');
});
