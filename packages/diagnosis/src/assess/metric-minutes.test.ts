import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aWindow } from '../testing/a-window.ts';
import { CONTEXT, MONDAY } from '../testing/run-fault.ts';
import type { MetricMinute } from '../windows/window-input.ts';
import { assessFunction, type FindingChange, findingsIn, type News } from './assess-function.ts';
import { newFunctionState } from './function-state.ts';

const MINUTE_MS = 60_000;
const at = (minute: number): number => MONDAY + minute * MINUTE_MS;

function run(news: readonly News[]) {
  let state = newFunctionState();
  const changes: FindingChange[] = [];
  for (const one of news) {
    const assessed = assessFunction(state, one, CONTEXT);
    state = assessed.state;
    changes.push(...assessed.changes);
  }
  return { state, changes };
}

const healthy: News[] = Array.from({ length: 60 }, (_, minute) => ({ windows: [aWindow(at(minute))] }));
/** Throttles of three minutes, each told twice: first in part, then whole. */
const told: MetricMinute[] = [60, 61, 62].flatMap((minute) => [
  { start: at(minute), throttles: 4 },
  { start: at(minute), throttles: 12, iteratorAgeMs: 80 },
]);
const windows: News[] = [60, 61, 62, 63].map((minute) => ({ windows: [aWindow(at(minute))] }));

test('throttles that CloudWatch tells open a finding, in whatever order and how often they come', () => {
  const ordered = run([...healthy, ...windows, { metrics: told }]);
  expect(findingsIn(ordered.state, CONTEXT)).toMatchObject([{ class: 'throttling', openedAt: at(60) }]);

  fc.assert(
    fc.property(
      fc.shuffledSubarray([...Array(windows.length + 2 * told.length).keys()], { minLength: 16, maxLength: 16 }),
      (order) => {
        const all: News[] = [...windows, ...[...told, ...told].map((minute) => ({ metrics: [minute] }))];
        const shuffled = run([...healthy, ...order.map((index) => all[index]!)]);

        // The onset is that of the ordered ones; the finding keeps the name by which it was told first.
        const { identities: _names, ...fold } = shuffled.state;
        expect(JSON.stringify(fold)).toBe(JSON.stringify(ordered.state));
        const last = new Map(shuffled.changes.map((change) => [change.finding.findingId, change]));
        expect([...last.values()].filter(({ isWithdrawn }) => isWithdrawn !== true)).toHaveLength(1);
        for (const [, ofOne] of Map.groupBy(shuffled.changes, ({ finding }) => finding.findingId)) {
          const revisions = ofOne.map(({ finding }) => finding.revision);
          expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a function that is throttled whole has no window, and is found all the same', () => {
  const { state } = run([...healthy, { metrics: [{ start: at(60), throttles: 40 }] }]);
  expect(findingsIn(state, CONTEXT)).toMatchObject([{ class: 'throttling', state: 'open' }]);
});

test.each([Number.NaN, -1, 1e300, Number.POSITIVE_INFINITY])(
  'a figure of %p is none, such a time is refused',
  (bad) => {
    const { state, refused } = assessFunction(
      newFunctionState(),
      {
        metrics: [
          { start: at(0), throttles: bad },
          { start: bad, throttles: 3 },
        ],
      },
      CONTEXT,
    );
    expect(refused).toMatchObject([{ reason: 'not-a-time' }]);
    expect(state.pending).toEqual([{ start: at(0), facts: [], metrics: {} }]);
  },
);
