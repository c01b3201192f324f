import { beforeAll, expect, test } from '@jest/globals';
import { ASSUMED_WORK } from '../../../../packages/prediction/src/index.ts';
import { type BusyMinutes, meterBusyMinutes } from './busy-minutes.ts';
import type { MeteredWrite } from './table-meter.ts';

const MINUTES = 30;
const CALLS_A_MINUTE = 20;

let metered: BusyMinutes;
beforeAll(async () => {
  metered = await meterBusyMinutes(MINUTES, CALLS_A_MINUTE);
}, 600_000);

/** Items of calls, of figures of tables and streams, of the account; what remains is the function's own minute. */
function partOf({ table, partition, sort }: MeteredWrite): 'call' | 'look' | 'account' | 'function' {
  if (table === 'audit' || table === 'timeline') return 'call';
  if (partition.startsWith('GAUGE#') || sort.startsWith('CAPACITY#')) return 'look';
  const isOfFunction = sort.startsWith('MINUTES#') || /^FORECAST#./.test(sort);
  return partition.startsWith('ACCOUNT') && !isOfFunction ? 'account' : 'function';
}

const unitsOf = (part: ReturnType<typeof partOf>): number =>
  metered.writes.filter((write) => partOf(write) === part).reduce((sum, { units }) => sum + units, 0);

/** What is assumed is what is written, or up to a third more: states of busier functions, with weeks behind them, are larger. */
function expectAssumed(measured: number, assumed: number): void {
  expect(measured).toBeLessThanOrEqual(assumed);
  expect(measured).toBeGreaterThan(assumed / 1.5);
}

test('a minute in which a function is called writes what its cost is computed with', () => {
  expectAssumed(unitsOf('function') / MINUTES, ASSUMED_WORK.writesPerMinute);
});

test('a minute of an account writes what its cost is computed with', () => {
  expectAssumed(unitsOf('account') / MINUTES, ASSUMED_WORK.writesPerAccountMinute);
});

test('a call writes no more than its cost is computed with', () => {
  expect(unitsOf('call') / metered.calls).toBeLessThanOrEqual(ASSUMED_WORK.writesPerInvocation);
});

test('a minute reads about what its cost is computed with', () => {
  const { readsPerMinute, readsPerAccountMinute } = ASSUMED_WORK;
  const reads = metered.reads.filter(({ partition }) => !partition.startsWith('GAUGE#'));
  const units = reads.reduce((sum, read) => sum + read.units, 0);
  expectAssumed(units / MINUTES, readsPerMinute + readsPerAccountMinute);
});
