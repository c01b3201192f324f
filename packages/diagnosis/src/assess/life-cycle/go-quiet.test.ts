import { expect, test } from '@jest/globals';
import { aWindow } from '../../testing/a-window.ts';
import { seededRandom } from '../../testing/random.ts';
import { CONTEXT, MONDAY } from '../../testing/run-fault.ts';
import { assessFunction } from '../assess-function.ts';
import { newFunctionState } from '../function-state.ts';

const MINUTE_MS = 60_000;
const OUTAGE_FROM = 360;
const OUTAGE_UNTIL = 390;

/** What is told of a function of one call a minute, of which this share fails as usual, and for half an hour every one; with the minute that tells it. */
function told(usualShare: number): string[] {
  const random = seededRandom(11);
  let state = newFunctionState();
  return Array.from({ length: 600 }, (_, minute) => minute).flatMap((minute) => {
    const isOut = minute >= OUTAGE_FROM && minute < OUTAGE_UNTIL;
    const errors = random.next() < usualShare || isOut ? 1 : 0;
    const window = aWindow(MONDAY + minute * MINUTE_MS, { invocations: 1, errors });
    const assessed = assessFunction(state, { windows: [window] }, CONTEXT);
    state = assessed.state;
    return minute < OUTAGE_FROM
      ? []
      : assessed.changes.map(({ change, finding }) => `${change} ${finding.class} ${minute}`);
  });
}

const minuteOf = (change: string, changes: readonly string[]): number =>
  Number(
    changes
      .find((each) => each.startsWith(`${change} error-burst`))
      ?.split(' ')
      .at(-1),
  );

test.each([0.1, 0.3, 0.5])(
  'an outage ends though a share of %d of the calls fails as before it: one failed call is no outage that goes on',
  (usualShare) => {
    const changes = told(usualShare);

    expect(minuteOf('opened', changes)).toBeLessThan(OUTAGE_UNTIL);
    expect(minuteOf('resolved', changes)).toBeLessThan(OUTAGE_UNTIL + 60);
  },
);
