import { expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import fc from 'fast-check';
import { aWindow } from '../testing/a-window.ts';
import { CONTEXT, MONDAY } from '../testing/run-fault.ts';
import type { Fact } from '../windows/fact.ts';
import type { AssessedWindow } from '../windows/window-input.ts';
import { assessFunction, type FindingChange } from './assess-function.ts';
import { newFunctionState } from './function-state.ts';

const HEALTHY = 60;
const BACKLOG = 30;
const at = (minute: number): number => MONDAY + minute * 60_000;
const healthy = Array.from({ length: HEALTHY }, (_, minute) => aWindow(at(minute)));
const before = assessFunction(newFunctionState(), { windows: healthy }, CONTEXT).state;
/** Twenty minutes of total failure, and ten of health after them. */
const backlog = Array.from({ length: BACKLOG }, (_, index) =>
  aWindow(at(HEALTHY + index), index < 20 ? { errors: 20 } : {}),
);

/** Each minute by itself, as a queue hands them out; what came too late. */
function hear(windows: readonly AssessedWindow[], facts: readonly Fact[] = []) {
  let { state } = assessFunction(before, { facts }, CONTEXT);
  const changes: FindingChange[] = [];
  const refused: unknown[] = [];
  for (const window of windows) {
    const assessed = assessFunction(state, { windows: [window] }, CONTEXT);
    state = assessed.state;
    changes.push(...assessed.changes);
    refused.push(...assessed.refused);
  }
  return { state, changes, refused };
}

const unnamed = ({ findingId: _id, groupKey: _group, revision: _revision, lookAt: _commands, ...rest }: Finding) =>
  rest;

/** How each finding was left that was not withdrawn. */
const left = (changes: readonly FindingChange[]) =>
  [...Map.groupBy(changes, ({ finding }) => finding.findingId).values()]
    .map((news) => news.at(-1)!)
    .filter(({ isWithdrawn }) => isWithdrawn !== true)
    .map(({ finding }) => unnamed(finding));

test('half an hour that waited in a queue is judged in whatever order it comes', () => {
  const ordered = hear(backlog);
  expect(left(ordered.changes)).toMatchObject([{ class: 'error-burst', openedAt: at(60), state: 'resolved' }]);

  const indexes = [...Array(BACKLOG).keys()];
  fc.assert(
    fc.property(fc.shuffledSubarray(indexes, { minLength: BACKLOG }), (order) => {
      const shuffled = hear(order.map((index) => backlog[index]!));
      expect(shuffled.refused).toEqual([]);
      expect(left(shuffled.changes)).toEqual(left(ordered.changes));
      expect(JSON.stringify(shuffled.state.head)).toBe(JSON.stringify(ordered.state.head));
    }),
    { numRuns: 20, examples: [[indexes.toReversed()]] },
  );
});

test('an alarm that comes before the windows that waited makes none of them too late', () => {
  const alarm: Fact = { kind: 'alarm', id: 'a', at: at(HEALTHY + BACKLOG), alarmName: 'orders', state: 'ALARM' };
  const { refused, changes } = hear(backlog, [alarm]);
  expect(refused).toEqual([]);
  expect(changes.map(({ finding }) => finding.class)).toContain('error-burst');
});

test('what is missing is waited for an hour, and a function whose silence was told owes nothing', () => {
  const gap = hear([aWindow(at(HEALTHY + 70)), aWindow(at(HEALTHY + 71)), aWindow(at(HEALTHY + 5))]);
  expect(gap.refused).toMatchObject([{ start: at(HEALTHY + 5), reason: 'too-late' }]);
  expect(gap.state.pending.length).toBeLessThan(70);

  const quiet = Array.from({ length: 30 }, (_, index) => aWindow(at(HEALTHY + index), { invocations: 0 }));
  const back = hear([...quiet, aWindow(at(HEALTHY + 90)), aWindow(at(HEALTHY + 40))]);
  expect(back.refused).toMatchObject([{ start: at(HEALTHY + 40), reason: 'too-late' }]);
});
