import { expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import { aPlanner } from '../../../test/a-planner.ts';
import { findingOf } from '../../../test/deployed-remediation.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NIGHT = Date.UTC(2026, 0, 15, 1);
const FREEZE_UNTIL = new Date(NIGHT + 6 * HOUR_MS).toISOString();
const FREEZE = { kind: 'dates', from: new Date(NIGHT - HOUR_MS).toISOString(), until: FREEZE_UNTIL, why: 'night' };
const FINDING = findingOf({ class: 'timeouts', openedAt: NIGHT, functionName: 'rooms' });
const FREE = { mode: 'automatic', allow: [{ playbooks: ['*'] }] };

/** A planner in a night's freeze. */
function aNight() {
  const planner = aPlanner(NIGHT, { ...FREE, freezes: [FREEZE] });
  return {
    ...planner,
    hear: async (finding: Finding) => {
      await planner.hear(finding);
      await planner.round();
    },
    repairs: async () => (await planner.repairs()).map(({ playbook, state }) => [playbook, state]),
  };
}

test('a finding that opens in a freeze is told once and repaired when it ends, by the same playbook', async () => {
  const { hear, held, passUntil, repairs } = aNight();
  await hear(FINDING);
  await hear({ ...FINDING, revision: 1 });
  expect(await repairs()).toEqual([['lambda-timeout', 'refused']]);

  const looks = await passUntil(NIGHT + 7 * HOUR_MS);

  expect(await repairs()).toEqual([
    ['lambda-timeout', 'refused'],
    ['lambda-timeout', 'verifying'],
  ]);
  expect(held).toEqual([]);
  // Every quarter of an hour, by the newest event alone.
  expect(looks).toBeLessThan(40);
});

test('what is over before the freeze is, is not repaired after it', async () => {
  const { clock, hear, held, passUntil, repairs } = aNight();
  await hear(FINDING);
  clock.now += 2 * MINUTE_MS;
  await hear({ ...FINDING, state: 'resolved', resolvedAt: clock.now, revision: 1 });

  await passUntil(NIGHT + 7 * HOUR_MS);

  expect(await repairs()).toEqual([['lambda-timeout', 'refused']]);
  expect(held).toEqual([]);
});

test('an event that comes again after its finding is over leads to nothing, and says so', async () => {
  const { clock, bodyOf, hear, ignored, repairs, take } = aNight();
  clock.now = NIGHT + 8 * HOUR_MS;
  const late = bodyOf(FINDING);
  await hear({ ...FINDING, state: 'resolved', resolvedAt: clock.now, revision: 1 });

  await take(late);

  expect(await repairs()).toEqual([]);
  expect(ignored).toEqual([expect.stringContaining('a newer one came before it')]);
});

test('a finding that is over while it is planned for is not repaired', async () => {
  const { clock, hear, repairs, whilePlanning } = aNight();
  clock.now = NIGHT + 8 * HOUR_MS;
  let isTold = false;
  whilePlanning(async () => {
    if (isTold) return;
    isTold = true;
    await hear({ ...FINDING, state: 'resolved', resolvedAt: clock.now, revision: 1 });
  });

  await hear(FINDING);

  expect(await repairs()).toEqual([['lambda-timeout', 'expired']]);
});

test('an event that lay for longer than the queue tries is not planned for, and says so', async () => {
  const { clock, bodyOf, ignored, repairs, take } = aNight();
  clock.now = NIGHT + 8 * HOUR_MS;
  const old = bodyOf(FINDING);
  clock.now += 41 * MINUTE_MS;

  await take(old);

  expect(await repairs()).toEqual([]);
  expect(ignored).toEqual([expect.stringContaining('too old')]);
});

test('what no guardrail stands against is looked at once more, and not after it is made', async () => {
  const { clock, hear, held, passUntil, repairs } = aNight();
  clock.now = NIGHT + 8 * HOUR_MS;

  await hear(FINDING);

  expect(await passUntil(clock.now + HOUR_MS)).toBe(1);
  expect(await repairs()).toEqual([['lambda-timeout', 'verifying']]);
  expect(held).toEqual([]);
});

test('a held event plans nothing more after a repair that came to its end', async () => {
  const { clock, hear, keepAll, passUntil, repairs } = aNight();
  clock.now = NIGHT + 8 * HOUR_MS;
  await hear(FINDING);
  await keepAll();

  await passUntil(clock.now + HOUR_MS);

  expect(await repairs()).toEqual([['lambda-timeout', 'kept']]);
});

test('as long as the freeze lasts nothing is read and nobody is asked for advice', async () => {
  const { asked, hear, passUntil } = aNight();
  await hear(FINDING);
  expect(asked).toEqual({ context: 1, adviser: 1 });

  await passUntil(NIGHT + 5 * HOUR_MS);

  expect(asked).toEqual({ context: 1, adviser: 1 });
});

test('a repair that was approved into a freeze is planned again after it', async () => {
  const EVENING = Date.UTC(2026, 0, 15, 17, 50);
  const freeze = { ...FREEZE, from: '2026-01-15T18:00:00Z', until: '2026-01-16T06:00:00Z' };
  const planner = aPlanner(EVENING, { ...FREE, mode: 'approve', freezes: [freeze] });
  await planner.hear({ ...FINDING, openedAt: EVENING });
  await planner.round();
  const [asking] = await planner.repairs();

  await planner.passUntil(EVENING + 20 * MINUTE_MS);
  await planner.approve(asking!.remediationId);
  await planner.round();
  expect(await planner.repairs()).toMatchObject([{ state: 'refused', refusals: [{ rail: 'freeze' }] }]);
  await planner.passUntil(Date.UTC(2026, 0, 16, 6, 30));

  expect(await planner.repairs()).toMatchObject([{ state: 'refused' }, { state: 'awaiting-approval' }]);
});

test('the kill switch, turned between two steps, holds the finding until it is off', async () => {
  const planner = aPlanner(NIGHT, FREE);
  await planner.hear(FINDING);
  planner.kill(true);
  await planner.round();
  await planner.passUntil(NIGHT + HOUR_MS);
  expect(await planner.repairs()).toMatchObject([{ state: 'refused', refusals: [{ rail: 'kill-switch' }] }]);

  planner.kill(false);
  await planner.passUntil(NIGHT + 2 * HOUR_MS);

  expect(await planner.repairs()).toMatchObject([{ state: 'refused' }, { state: 'verifying' }]);
});

test('in a storm all wait for their turn, and each is repaired, told of once', async () => {
  const planner = aPlanner(NIGHT, { ...FREE, blastRadius: { resources: 3, changesPerHour: 6 } });
  const names = Array.from({ length: 15 }, (_, at) => `rooms-${at}`);
  for (const functionName of names) await planner.hear(findingOf({ class: 'timeouts', openedAt: NIGHT, functionName }));

  const mostAtOnce: number[] = [];
  for (let passed = 0; passed < 4 * HOUR_MS; passed += 10 * MINUTE_MS) {
    await planner.round();
    mostAtOnce.push((await planner.repairs()).filter(({ state }) => state === 'verifying').length);
    await planner.keepAll();
    await planner.passUntil(NIGHT + passed);
  }

  const kept = (await planner.repairs()).filter(({ state }) => state === 'kept');
  expect(new Set(kept.map(({ resource }) => resource.name)).size).toBe(15);
  expect(Math.max(...mostAtOnce)).toBe(3);
  expect(await planner.repairs()).toHaveLength(15);
});

test('whose turn did not come for four hours is planned again, and made when the other one is over', async () => {
  const planner = aPlanner(NIGHT, { ...FREE, coolDownMinutes: 0 });
  await planner.hear(FINDING);
  await planner.round();
  await planner.hear(findingOf({ class: 'out-of-memory', openedAt: NIGHT, functionName: 'rooms' }));

  await planner.passUntil(NIGHT + 5 * HOUR_MS);
  expect((await planner.repairs()).map(({ playbook, state }) => [playbook, state])).toEqual([
    ['lambda-timeout', 'verifying'],
    ['lambda-memory', 'refused'],
    ['lambda-memory', 'planned'],
  ]);
  await planner.keepAll();
  await planner.passUntil(NIGHT + 6 * HOUR_MS);

  expect((await planner.repairs()).at(-1)).toMatchObject({ playbook: 'lambda-memory', state: 'verifying' });
});
