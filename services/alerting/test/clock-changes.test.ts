import { expect, test } from '@jest/globals';
import type { AlertingPolicy } from '../src/domain/policy/policy.ts';
import { acceptSignals } from '../src/functions/accept-event/accept-event.ts';
import { advanceEscalation } from '../src/functions/advance-escalation/advance-escalation.ts';
import { MemoryOutbox } from './memory-outbox.ts';
import { signal } from './signals.ts';
import { testPolicy } from './test-policy.ts';

const MINUTE_MS = 60_000;
const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';

/** Anna has the first day of the year and every second one after it. Whoever is on call, five minutes later whoever is on call then, after five more everybody; two people who take turns every day. */
function policyOf(zone: string, handOverAt: string): AlertingPolicy {
  const policy = testPolicy('http://127.0.0.1:1');
  const handOver = { every: 'day' as const, at: handOverAt };
  const rota = { zone, since: '2026-01-01', handOver, overrides: [], people: ['anna', 'ben'] };
  const step = (afterMinutes: number, to: string) => ({ afterMinutes, to: [to], through: ['direct'] });
  return {
    ...policy,
    rotas: { ...policy.rotas, first: rota },
    escalation: {
      ...policy.escalation,
      critical: [step(0, 'rota:first'), step(5, 'rota:first'), step(5, 'everybody')],
    },
  };
}

/** Whom each step meant first, and when, as the outbox has it; the state machine comes back exactly when it was told to. */
async function escalate(openedAt: number, policy: AlertingPolicy) {
  const outbox = new MemoryOutbox();
  let now = openedAt;
  const deps = { outbox, policy: async () => policy, now: () => now };
  await acceptSignals([signal('a', { at: openedAt })], deps);
  const { alertId, escalationRun: run } = [...outbox.alerts.values()][0]!.value;
  while (now < openedAt + 60 * MINUTE_MS) {
    const turn = await advanceEscalation({ alertId, run }, deps);
    if (turn.next === 'over') break;
    now = Date.parse(turn.until);
  }
  return outbox.deliveries().map(({ person, step, plannedAt }) => ({
    person,
    step,
    minute: (plannedAt - openedAt) / MINUTE_MS,
  }));
}

const utc = (text: string) => Date.parse(`${text}Z`);

test.each([
  [
    'Berlin skips 02:00 to 03:00: the hand-over at 02:30 is at 03:30',
    BERLIN,
    '02:30',
    '2026-03-29T01:30',
    'anna',
    'ben',
  ],
  ['Berlin has 02:30 twice: the hand-over is at the first', BERLIN, '02:30', '2026-10-25T00:30', 'anna', 'ben'],
  ['New York skips 02:00 to 03:00', NEW_YORK, '02:30', '2026-03-08T07:30', 'ben', 'anna'],
  ['New York has 01:30 twice: the hand-over is at the first', NEW_YORK, '01:30', '2026-11-01T05:30', 'ben', 'anna'],
])(
  '%s, and an escalation over it tells the one before, then the one after',
  async (_, zone, at, handOver, before, after) => {
    const steps = await escalate(utc(handOver) - 4 * MINUTE_MS, policyOf(zone, at));

    expect(steps).toEqual([
      { person: before, step: 0, minute: 0 },
      { person: after, step: 1, minute: 5 },
      { person: 'cleo', step: 2, minute: 10 },
    ]);
  },
);

test.each([
  ['Berlin', BERLIN, '02:30', '2026-10-25T01:30', 'ben'],
  ['New York', NEW_YORK, '01:30', '2026-11-01T06:30', 'anna'],
])('in %s nobody hands over a second time when the hour comes again', async (_, zone, at, secondTime, person) => {
  const steps = await escalate(utc(secondTime) - 4 * MINUTE_MS, policyOf(zone, at));

  expect(steps.slice(0, 1)).toEqual([{ person, step: 0, minute: 0 }]);
  expect(steps.filter(({ step }) => step === 1)).toEqual([]);
});

test.each([
  ['Berlin goes forward', BERLIN, '2026-03-29T01:00'],
  ['Berlin goes back', BERLIN, '2026-10-25T01:00'],
  ['New York goes forward', NEW_YORK, '2026-03-08T07:00'],
  ['New York goes back', NEW_YORK, '2026-11-01T06:00'],
])('when %s, five minutes are five minutes', async (_, zone, change) => {
  const steps = await escalate(utc(change) - 7 * MINUTE_MS, policyOf(zone, '09:00'));

  // At the tenth minute the clocks have changed, and everybody is told who was not told before.
  expect(steps.map(({ step, minute }) => [step, minute])).toEqual([
    [0, 0],
    [2, 10],
    [2, 10],
  ]);
});
