import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { after, HEALTHY, minute, version } from '../../testing/after-health.ts';
import { CONTEXT } from '../../testing/run-fault.ts';
import type { Fact } from '../../windows/fact.ts';
import type { WindowFigures } from '../../windows/window-input.ts';

const TIMED_OUT = { timeouts: 6 };
const setting = (name: string, minutesBefore: number, more: Partial<Fact> = {}): Fact =>
  ({
    kind: 'configuration-change',
    id: name,
    at: minute(HEALTHY - minutesBefore),
    setting: name,
    after: '3',
    ...more,
  }) as Fact;

const causesOf = (bad: Partial<WindowFigures>, ...facts: Fact[]) =>
  after([bad], facts).flatMap(({ finding }) => finding.causes.map(({ name }) => name));

test('what was changed shortly before a finding began is told with it, from what to what', () => {
  const [told] = after([TIMED_OUT], [setting('timeout', 4, { before: '30' })]);
  expect(told?.finding).toMatchObject({
    class: 'timeouts',
    causes: [{ kind: 'configuration-change', name: 'timeout' }],
  });
  expect(told?.finding.explanation).toContain(
    'timeout was set 30 → 3 at 08:56 UTC, 4 minutes before it began. That may be why.',
  );
});

test.each([
  ['long before', TIMED_OUT, [setting('timeout', 31)]],
  ['that does nothing of the kind', { errors: 8 }, [setting('reservedConcurrentExecutions', 2)]],
  ['after it began', TIMED_OUT, [setting('timeout', -2)]],
])('what was changed %s is not', (_when, bad, facts) => {
  expect(causesOf(bad, ...facts)).toEqual([]);
});

test('of a call that names many settings nobody knows which became another, unless they are told with what was before', () => {
  expect(causesOf(TIMED_OUT, setting('timeout', 2), setting('layers', 2))).toEqual(['configuration']);
  expect(causesOf(TIMED_OUT, setting('timeout', 2), setting('layers', 2, { before: 'a' }))).toEqual(['layers']);
});

test('a call that names settings of which one alone can bring it about may have set that one to what it was', () => {
  expect(causesOf({ errors: 8 }, setting('memorySize', 2), setting('reservedConcurrentExecutions', 2))).toEqual([
    'configuration',
  ]);
});

test('of a deploy that changes many settings none is lost', () => {
  const names = ['ephemeralStorage', 'memorySize', 'role', 'runtime', 'timeout', 'vpcConfig'];
  const facts = names.map((name) => setting(name, 2, { before: '1' }));
  expect(causesOf({ errors: 8 }, ...facts)).toEqual(names);
});

test('another memory size is told by the calls themselves', () => {
  const [told] = after([{ memorySizeMb: 256, outOfMemory: 6 }]);
  expect(told?.finding).toMatchObject({ class: 'out-of-memory', causes: [{ name: 'memorySize' }] });
  expect(told?.finding.explanation).toContain('memorySize was set 512 → 256');
});

test('a version that all calls have since is told, one that has some of them is compared', () => {
  const on = (...names: string[]) => ({
    invocations: 20 * names.length,
    byVersion: names.map((name) => version(name, 0)),
  });
  const causesAfter = (...names: string[]) => {
    const healthy = Array.from({ length: HEALTHY }, (_, index) => aWindow(minute(index), on('7')));
    const bad = aWindow(minute(HEALTHY), { ...on(...names), outOfMemory: 5 });
    const { changes } = assessFunction(newFunctionState(), { windows: [...healthy, bad] }, CONTEXT);
    return changes.map(({ finding }) => [finding.class, finding.causes.map(({ name }) => name)]);
  };
  expect(causesAfter('8')).toEqual([['out-of-memory', ['version 8']]]);
  expect(causesAfter('7', '8')).toEqual([['out-of-memory', []]]);
  expect(causesAfter('7')).toEqual([['out-of-memory', []]]);
});
