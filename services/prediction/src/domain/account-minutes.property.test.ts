import { expect, test } from '@jest/globals';
import {
  type LoadState,
  MINUTE_MS,
  type NewMinute,
  newLoadState,
  newPredictionState,
  takeMinutes,
} from '@lamplighter/prediction';
import fc from 'fast-check';
import { type FunctionMinutes, sharedMinutes, sumMinutes } from './account-minutes.ts';

const T0 = Date.UTC(2026, 0, 15);
const NOW = T0 + 1_440 * MINUTE_MS;
const LAST = 130;

interface Delivery {
  readonly functionName: string;
  readonly minute: number;
  readonly revision: number;
  /** What the minute cost. */
  readonly usd?: number;
}

const minuteOf = ({ minute, revision, usd = 1 }: Delivery): NewMinute => ({
  start: T0 + minute * MINUTE_MS,
  revision,
  load: {
    calls: 100 + revision,
    busyMs: 6_000,
    costUsd: usd + revision,
    peak: 1,
    maxDurationMs: 100,
    coldStarts: 0,
    initMs: 0,
  },
});

/** Functions and their account, delivery by delivery, as the service takes them in. */
function play(deliveries: readonly Delivery[], eachStep: (account: LoadState) => void = () => {}): LoadState {
  const functions = new Map<string, LoadState>();
  const rows = new Map<string, FunctionMinutes>();
  let account = newLoadState();
  for (const delivery of deliveries) {
    const { functionName } = delivery;
    const load = takeMinutes(functions.get(functionName) ?? newLoadState(), [minuteOf(delivery)], NOW);
    functions.set(functionName, load);
    rows.set(functionName, sharedMinutes(functionName, {}, { ...newPredictionState(), load }));
    account = takeMinutes(account, sumMinutes([...rows.values()], NOW), NOW);
    eachStep(account);
  }
  return account;
}

const usdAt = ({ minutes }: LoadState, minute: number): number => minutes[T0 + minute * MINUTE_MS]?.load.costUsd ?? 0;

/** Every function tells every minute, some twice, each so many minutes late. */
const delivered = (mostLate: number) =>
  fc
    .array(fc.array(fc.nat(mostLate), { minLength: LAST, maxLength: LAST }), { minLength: 1, maxLength: 4 })
    .map((lateness) =>
      lateness
        .flatMap((minutes, function_) =>
          minutes.flatMap((late, minute) => {
            const first = { functionName: `f${function_}`, minute, revision: 0, at: minute + late };
            return late % 5 === 0 ? [first, { ...first, revision: 1, at: minute + mostLate }] : [first];
          }),
        )
        .sort((a, b) => a.at - b.at || a.minute - b.minute),
    );

test('in whatever order minutes come, none more than an hour late, the account is the sum of its functions', () => {
  fc.assert(
    fc.property(delivered(55), (deliveries) => {
      const account = play(deliveries);
      const newest = new Map(deliveries.map((one) => [`${one.functionName}/${one.minute}`, one] as const));
      for (let minute = 0; minute < LAST; minute++) {
        const its = deliveries.filter(
          (one) => one.minute === minute && newest.get(`${one.functionName}/${minute}`) === one,
        );
        const usd = its.reduce((sum, { revision }) => sum + 1 + revision, 0);
        expect(usdAt(account, minute)).toBe(usd);
      }
    }),
    { numRuns: 3 },
  );
});

/** Functions of which some stand still from a minute on, and come all at once later. */
const stalled = fc
  .record({
    stands: fc.array(fc.boolean(), { minLength: 3, maxLength: 5 }),
    from: fc.nat(10),
    forMinutes: fc.integer({ min: 50, max: 110 }),
  })
  .map(({ stands, from, forMinutes }) =>
    stands
      .flatMap((isStanding, function_) =>
        Array.from({ length: LAST }, (_, minute) => {
          const at = isStanding && minute >= from ? Math.max(minute, from + forMinutes) : minute;
          return { functionName: `f${function_}`, minute, revision: 0, at, usd: isStanding ? 1 : 5 };
        }),
      )
      .sort((a, b) => a.at - b.at || a.minute - b.minute),
  );

test('however late minutes come, an account never loses what it had of one', () => {
  fc.assert(
    fc.property(stalled, (deliveries) => {
      let before: LoadState = newLoadState();
      const lost: string[] = [];
      play(deliveries, (account) => {
        for (const [start, { load }] of Object.entries(before.minutes))
          if ((account.minutes[start]?.load.costUsd ?? Infinity) < load.costUsd) lost.push(start);
        before = account;
      });
      expect(lost).toEqual([]);
    }),
    { numRuns: 6 },
  );
});

test('functions that stood still do not replace the minutes of those that went on', () => {
  const on = (functionName: string, from: number, until: number): Delivery[] =>
    Array.from({ length: until - from }, (_, at) => ({ functionName, minute: from + at, revision: 0 }));
  const healthy = [1, 2, 3, 4, 5].flatMap((at) => on(`healthy-${at}`, 30, 31));
  const later = [1, 2, 3, 4, 5].flatMap((at) => on(`healthy-${at}`, 31, 106));
  const stuck = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((at) => on(`stuck-${at}`, 30, 31));

  expect(usdAt(play([...healthy, ...later, ...stuck]), 30)).toBe(5);
  expect(usdAt(play([...healthy, ...stuck, ...later]), 30)).toBe(13);
});
