import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AlarmChange, type AlarmTurn, alarmHistory, GRACE_MS, PERIOD_MS } from '../../../test/alarm-history.ts';
import { AlarmQueue, type Arrival } from '../../../test/alarm-queue.ts';

const START_MS = Date.UTC(2026, 0, 15, 12);
/** After this time the queue hands out what failed. */
const RETRY_MS = 180_000;
const RUNS = { numRuns: 500 };

/** Each event comes one to three times, whenever its attempts succeed: at once, a little late, after one that failed. */
const arrivalsOf = (changes: readonly AlarmChange[]): fc.Arbitrary<Arrival[]> =>
  fc
    .tuple(
      ...changes.map(({ body, atMs }) =>
        fc
          .array(fc.constantFrom(0, 30_000, PERIOD_MS, RETRY_MS, RETRY_MS + 30_000), { minLength: 1, maxLength: 3 })
          .map((delays) => delays.map((delayMs) => ({ body, atMs: atMs + delayMs }))),
      ),
    )
    .chain((all) => {
      const arrivals = all.flat();
      return fc.shuffledSubarray(arrivals, { minLength: arrivals.length });
    });

const retryMs = fc.constantFrom(0, RETRY_MS);
const soon = fc.constantFrom(1_000, 30_000, PERIOD_MS, 2 * PERIOD_MS, 5 * PERIOD_MS);
const trouble = fc.constantFrom<AlarmTurn>('ALARM', 'silent');

test('an alarm that was in trouble between two times of being well is told once, in earnest, and is over', () => {
  const life = fc
    .tuple(fc.boolean(), trouble, fc.array(soon, { minLength: 3, maxLength: 3 }))
    .map(([isFirstHeard, turn, [a, b, c]]) => {
      const changes = alarmHistory(START_MS, [
        { turn: 'OK', afterMs: a! },
        { turn, afterMs: b! },
        { turn: 'OK', afterMs: c! },
      ]);
      return isFirstHeard ? changes : changes.slice(1);
    });
  fc.assert(
    fc.property(
      life.chain((changes) => arrivalsOf(changes)),
      retryMs,
      (arrivals, lateMs) => {
        const { told } = new AlarmQueue(lateMs).take(arrivals);
        expect([...told.values()]).toMatchObject([{ severity: 'critical', state: 'closed' }]);
      },
    ),
    RUNS,
  );
});

test('a first verdict that got data in time is never told, and later trouble is', () => {
  const life = fc.tuple(soon, soon, soon, fc.constantFrom(0, 1, 2)).map(([a, b, c, more]) =>
    alarmHistory(START_MS, [
      { turn: 'silent' as const, afterMs: 0 },
      { turn: 'OK' as const, afterMs: a },
      ...[
        { turn: 'silent' as const, afterMs: b },
        { turn: 'OK' as const, afterMs: c },
      ].slice(0, more),
    ]),
  );
  fc.assert(
    fc.property(
      life.chain((changes) => fc.tuple(fc.constant(changes), arrivalsOf(changes))),
      retryMs,
      ([changes, arrivals], lateMs) => {
        const { told } = new AlarmQueue(lateMs).take(arrivals);
        expect(told.size).toBe(changes.length > 2 ? 1 : 0);
      },
    ),
    RUNS,
  );
});

test('a first verdict that got no data in time is told once, whenever its end comes, of an alarm that was made again too', () => {
  const life = fc
    .tuple(fc.boolean(), fc.constantFrom(1_000, PERIOD_MS, RETRY_MS, GRACE_MS))
    .map(([isAgain, lateMs]) => [
      ...(isAgain ? alarmHistory(START_MS - GRACE_MS, [{ turn: 'OK', afterMs: 0 }]) : []),
      ...alarmHistory(START_MS, [
        { turn: 'silent', afterMs: 0 },
        { turn: 'OK', afterMs: GRACE_MS + lateMs },
      ]),
    ]);
  fc.assert(
    fc.property(
      life.chain((changes) => arrivalsOf(changes)),
      retryMs,
      (arrivals, lateMs) => {
        const { told } = new AlarmQueue(lateMs).take(arrivals);
        expect([...told.values()]).toMatchObject([{ severity: 'critical', state: 'closed' }]);
      },
    ),
    RUNS,
  );
});

test('whatever an alarm went through, its last trouble was told, nothing was told twice, and what is told stands as it is', () => {
  const turn = fc.constantFrom<AlarmTurn>('OK', 'ALARM', 'silent', 'INSUFFICIENT_DATA');
  const isAlarm = (one: AlarmTurn) => one === 'ALARM' || one === 'silent';
  const isFirstVerdict = ({ turn: one, before }: AlarmChange) => one === 'silent' && before === 'INSUFFICIENT_DATA';
  const life = fc.array(fc.record({ turn, afterMs: soon }), { minLength: 1, maxLength: 7 }).map((turns) =>
    alarmHistory(
      START_MS,
      turns.filter((one, index) => {
        const before = turns[index - 1]?.turn ?? 'INSUFFICIENT_DATA';
        return one.turn !== before && !(isAlarm(one.turn) && isAlarm(before));
      }),
    ),
  );
  fc.assert(
    fc.property(
      life.chain((changes) => fc.tuple(fc.constant(changes), arrivalsOf(changes))),
      retryMs,
      ([changes, arrivals], lateMs) => {
        const { told, covered, alert } = new AlarmQueue(lateMs).take(arrivals);

        const proven = changes.filter((one) => isAlarm(one.turn) && !isFirstVerdict(one));
        const last = proven.at(-1);
        if (last) expect(Math.max(...covered)).toBeGreaterThanOrEqual(last.atMs);
        const critical = [...told.values()].filter(({ severity }) => severity === 'critical');
        expect(critical.length).toBeLessThanOrEqual(changes.filter((one) => isAlarm(one.turn)).length);
        const end = changes.at(-1)?.turn;
        if (end === 'OK') expect(alert?.state ?? 'closed').toBe('closed');
        if (end === 'ALARM') expect(alert).toMatchObject({ state: 'open', severity: 'critical' });
      },
    ),
    RUNS,
  );
});
