import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { RemediationChanged } from '@lamplighter/contracts';
import fc from 'fast-check';
import type { AlertSignal } from '../src/domain/alert-signal.ts';
import { AlertingPolicy, readPolicy } from '../src/domain/policy/policy.ts';
import { signalFromRemediation } from '../src/domain/signals/signal-from-remediation.ts';
import { type Crash, CrashingWorld } from './crashing-world.ts';
import { signal } from './signals.ts';

/** 03:00 in Berlin; the shipped policy is quiet there until 07:00. */
const NIGHT_MS = Date.UTC(2026, 0, 16, 2);
const HOUR_MS = 3_600_000;
const TO_MORNING_MS = 4 * HOUR_MS;
const read = readPolicy(readFileSync(join(import.meta.dirname, '../config/example.json'), 'utf8'));
const policy = 'policy' in read ? read.policy : AlertingPolicy.parse(undefined);
const nightWorld = (crash?: Crash) => new CrashingWorld(NIGHT_MS, crash, undefined, policy);

/** What each person was told: the title of every message, marked where it is over. */
const toldIn = ({ slack }: CrashingWorld): string[] =>
  ['anna@example.com', 'ben@example.com'].flatMap((person) => slack.roots(person).map(({ text }) => text));

const end = (id: string, more: Partial<AlertSignal> = {}) => signal(id, { kind: 'resolve', revision: 1, ...more });
const warning = (id: string, more: Partial<AlertSignal> = {}) => signal(id, { severity: 'warning', ...more });

/** A repair's question and, an hour later, its end, as remediation publishes them. */
function asks(findingSeverity: 'critical' | 'warning') {
  const { remediation } = RemediationChanged.example;
  const of = (state: 'awaiting-approval' | 'expired', revision: number) => {
    const approval = { expiresAt: remediation.endedAt!, links: [] };
    const told = { remediation: { ...remediation, findingSeverity, state, revision, approval } };
    return signalFromRemediation(JSON.parse(RemediationChanged.entry(told, 'key').Detail))!;
  };
  return { question: of('awaiting-approval', 1), expiry: of('expired', 2) };
}

test('a question about a critical finding is asked at night', async () => {
  const world = nightWorld();

  await world.accept(asks('critical').question);

  expect(toldIn(world)).toEqual([expect.stringContaining('Approve? Raise the memory')]);
});

test('a question that expired in the quiet hours is told when they end, and not as a recovery', async () => {
  const world = nightWorld();
  const { question, expiry } = asks('warning');

  await world.accept(question);
  await world.pass(HOUR_MS);
  await world.accept(expiry);
  const before = toldIn(world);
  await world.pass(TO_MORNING_MS);

  expect(before).toEqual([]);
  expect(toldIn(world)).toEqual([expect.stringMatching(/^:white_check_mark: Expired: Raise the memory/)]);
  expect([...world.outbox.alerts.values()].map(({ value }) => value.closedBecause)).toEqual([
    'nobody decided in time, so nothing was changed',
  ]);
});

test('trouble that begins and ends in one batch of the night is told in the morning', async () => {
  const world = nightWorld();

  await world.accept(warning('short'), end('short'));
  await world.pass(TO_MORNING_MS);
  await world.pass(24 * HOUR_MS);

  expect(toldIn(world)).toEqual([':white_check_mark: short is broken']);
});

test('an end that comes before its trouble in the night is told in the morning', async () => {
  const world = nightWorld();

  await world.accept(end('late', { severity: 'warning' }));
  await world.accept(warning('late'));
  await world.pass(TO_MORNING_MS);

  expect(toldIn(world)).toEqual([':white_check_mark: late is broken']);
});

test('what comes and goes all night is one message in the morning, which says how often', async () => {
  const world = nightWorld();

  for (let turn = 0; turn < 30; turn++) {
    await world.accept(warning('flapping', { revision: 2 * turn }));
    await world.accept(end('flapping', { revision: 2 * turn + 1 }));
  }
  await world.pass(TO_MORNING_MS);

  expect(toldIn(world)).toEqual([':white_check_mark: flapping is broken']);
  expect([...world.outbox.alerts.values()].map(({ value }) => value.occurrences)).toEqual([30]);
});

test('what comes back worse in the night wakes somebody at once, and is told once', async () => {
  const world = nightWorld();

  await world.accept(warning('back'), end('back'));
  await world.accept(signal('back', { revision: 2 }));

  expect(toldIn(world)).toEqual([':rotating_light: back is broken']);
  expect([...world.outbox.alerts.values()]).toMatchObject([{ value: { state: 'open', severity: 'critical' } }]);
});

test('what a person closed at night is not told in the morning', async () => {
  const world = nightWorld();

  await world.accept(warning('known'));
  await world.answer({ kind: 'close', by: 'anna' });
  await world.pass(TO_MORNING_MS);

  expect(toldIn(world)).toEqual([]);
});

test('the daily proof knows no quiet hours', async () => {
  const world = nightWorld();

  await world.accept(signal('proof', { severity: 'info', subject: { kind: 'synthetic', id: 'proof' } }));

  expect(toldIn(world)).toHaveLength(1);
});

test.each(['before', 'after'] as const)(
  'a worker that dies %s any one call loses and doubles nothing of the night',
  async (when) => {
    const live = async (crash?: Crash) => {
      const world = nightWorld(crash);
      await world.accept(warning('short'));
      await world.accept(end('short'));
      await world.pass(TO_MORNING_MS);
      return world;
    };
    const { calls } = await live();
    const outcomes = new Set<string>();
    for (let nth = 1; nth <= calls; nth++) outcomes.add(toldIn(await live({ nth, when })).join());

    expect(calls).toBeGreaterThan(10);
    expect([...outcomes]).toEqual([':white_check_mark: short is broken']);
  },
);

test('whatever a night brings, each alert has been told by the morning', async () => {
  const event = fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    kind: fc.constantFrom('open' as const, 'resolve' as const),
    severity: fc.constantFrom('info' as const, 'warning' as const, 'critical' as const),
    groupKey: fc.constantFrom('one', 'two'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(event, { maxLength: 4 }), { maxLength: 8 }), async (batches) => {
      const world = nightWorld();
      let revision = 0;
      for (const batch of batches) {
        const signals = batch.map(({ id, ...rest }) => signal(id, { ...rest, revision: revision++ }));
        if (signals.length > 0) await world.accept(...signals);
      }
      await world.pass(TO_MORNING_MS);
      for (const { value: alert } of world.outbox.alerts.values()) {
        const own = [...(world.outbox.rows.get(alert.alertId)?.values() ?? [])].map(({ value }) => value);
        expect({ alert, told: own.some(({ sent }) => sent >= 0) }).toMatchObject({ told: true });
        expect(own.every(({ state, sent, wanted }) => state === 'delivered' && sent >= wanted)).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});
