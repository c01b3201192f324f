import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aWindow } from '../testing/a-window.ts';
import { CONTEXT, MONDAY } from '../testing/run-fault.ts';
import type { Fact } from '../windows/fact.ts';
import { assessFunction, type FindingChange, findingsIn } from './assess-function.ts';
import { newFunctionState } from './function-state.ts';

const at = (minute: number): number => MONDAY + minute * 60_000;
const healthy = Array.from({ length: 60 }, (_, minute) => aWindow(at(minute)));
const lost = (count: number): Fact[] =>
  Array.from({ length: count }, (_, index) => {
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    return { kind: 'async-failure', id, at: at(60) + index, requestId: id, condition: 'RetriesExhausted' };
  });
const deploy: Fact = { kind: 'deploy', id: 'zz', at: at(60) + 59_000, version: '$LATEST' };
const alarm: Fact = { kind: 'alarm', id: 'zzz', at: at(60) + 59_500, alarmName: 'orders-dlq', state: 'ALARM' };

const told = (changes: readonly FindingChange[]) => changes.map(({ change, finding }) => `${change} ${finding.class}`);

test('requests that were given up are all counted, and push out neither a deploy nor an alarm', () => {
  const facts = [...lost(500), deploy, alarm];
  const { state, changes } = assessFunction(newFunctionState(), { windows: healthy, facts }, CONTEXT);
  const [opened] = changes;

  expect(told(changes)).toEqual(['opened async-failures']);
  const count = opened?.finding.evidence[0]?.after ?? 0;
  expect(Math.abs(count - 500)).toBeLessThan(75);
  expect(opened?.finding.title).toContain(`gave up about ${count} asynchronous requests`);
  expect(opened?.finding.evidence[0]?.requestIds).toHaveLength(3);
  expect(opened?.finding.evidence.some(({ text }) => text.includes('orders-dlq'))).toBe(true);
  expect(state.head.facts.map(({ kind }) => kind)).toEqual(['deploy', 'alarm']);
});

test('few requests that were given up are counted exactly, each once, in any order and in any parts', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...Array(120).keys()], { minLength: 120 }), fc.nat(119), (order, cut) => {
      const all = lost(100);
      const facts = order.map((index) => all[index % 100]!);
      const first = assessFunction(newFunctionState(), { windows: healthy, facts: facts.slice(0, cut) }, CONTEXT);
      const { state } = assessFunction(first.state, { facts: facts.slice(cut) }, CONTEXT);
      const whole = assessFunction(newFunctionState(), { windows: healthy, facts: all }, CONTEXT);

      expect(JSON.stringify(state.head)).toBe(JSON.stringify(whole.state.head));
      expect(findingsIn(whole.state, CONTEXT)[0]?.title).toContain('gave up 100 asynchronous requests');
    }),
    { numRuns: 20 },
  );
});

test('many facts of one kind push out none of another', () => {
  const facts: Fact[] = [
    deploy,
    alarm,
    ...Array.from(
      { length: 40 },
      (_, index): Fact => ({
        kind: 'repeated-message',
        id: `m${index}`,
        at: at(60) + index,
        source: 'orders',
        sequenceNumber: String(index),
        failures: 3,
        requestIds: [],
      }),
    ),
  ];
  const { state } = assessFunction(newFunctionState(), { windows: healthy, facts }, CONTEXT);
  expect(new Set(state.head.facts.map(({ kind }) => kind))).toEqual(new Set(['deploy', 'alarm', 'repeated-message']));
});
