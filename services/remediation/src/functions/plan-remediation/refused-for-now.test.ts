import { expect, test } from '@jest/globals';
import { AnomalyDetected, type Finding } from '@lamplighter/contracts';
import type { FunctionSettings } from '@lamplighter/remedies';
import { memoryRemediations } from '../../../test/a-repair.ts';
import { CALM } from '../../../test/calm-traffic.ts';
import { findingOf } from '../../../test/deployed-remediation.ts';
import { memoryFindings } from '../../../test/memory-findings.ts';
import { advanced } from '../../domain/advance-remediation.ts';
import { RemediationConfig } from '../../domain/remediation-config.ts';
import { planEvent } from './plan-event.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NIGHT = Date.UTC(2026, 0, 15, 1);
const FREEZE_UNTIL = new Date(NIGHT + 6 * HOUR_MS).toISOString();
const FREEZE = { kind: 'dates', from: new Date(NIGHT - HOUR_MS).toISOString(), until: FREEZE_UNTIL, why: 'night' };
const FINDING = findingOf({ class: 'timeouts', openedAt: NIGHT, functionName: 'rooms' });
const TRAFFIC = { ...CALM, p95Ms: 2_900, maxMs: 3_000, failureShare: 0.2, timeoutShare: 0.2 };
const FUNCTION = {
  functionName: 'rooms',
  memorySizeMb: 256,
  timeoutS: 3,
  architecture: 'arm64',
  tracing: 'Active',
  aliases: [],
  versions: [],
  scaledAliases: [],
  mappings: [],
} as unknown as FunctionSettings;

/** A planner in a night's freeze, the queue that holds its events, and a state machine that refuses or keeps what is started. */
function aNight() {
  const remediations = memoryRemediations();
  const findings = memoryFindings();
  const clock = { now: NIGHT };
  const held: { body: string; at: number }[] = [];
  const ignored: string[] = [];
  let meanwhile: () => Promise<unknown> = async () => undefined;
  const isFrozen = () => clock.now < Date.parse(FREEZE_UNTIL);
  const take = (body: string) =>
    planEvent(body, {
      remediations,
      findings,
      experience: { all: async () => [], learn: async () => undefined },
      adviser: async (_, remedies) => remedies,
      context: async (finding, now) => {
        await meanwhile();
        return { finding, now, traffic: TRAFFIC, function: FUNCTION };
      },
      config: async () =>
        RemediationConfig.parse({
          guardrails: { mode: 'automatic', allow: [{ playbooks: ['*'] }], freezes: [FREEZE] },
        }),
      guard: {
        state: async (now) => ({
          version: 1,
          state: { now, inChange: [], recent: [], spentPerHourUsd: 0, spentPerMonthUsd: 0 },
        }),
      },
      killSwitch: { isOn: async () => false },
      logger: { info: (text) => void ignored.push(String(text)) },
      stage: 'dev',
      start: async (remediationId) => {
        const { value, version } = (await remediations.read(remediationId))!;
        const refusals = [{ rail: 'freeze', reason: 'night', lift: 'wait' }];
        await remediations.write(
          advanced(value, isFrozen() ? { state: 'refused', refusals } : { state: 'verifying' }, clock.now),
          version,
        );
      },
      withdraw: async () => undefined,
      hold: async (message, delayMs) => void held.push({ body: message, at: clock.now + delayMs }),
      now: () => clock.now,
    });
  const bodyOf = (finding: Finding) => {
    const { Detail, DetailType } = AnomalyDetected.entry({ change: 'updated', finding }, finding.findingId);
    return JSON.stringify({
      'detail-type': DetailType,
      detail: JSON.parse(Detail),
      time: new Date(clock.now).toISOString(),
    });
  };
  return {
    clock,
    held,
    ignored,
    bodyOf,
    take,
    hear: (finding: Finding) => take(bodyOf(finding)),
    whilePlanning: (what: () => Promise<unknown>) => {
      meanwhile = what;
    },
    /** Gives back what the queue holds until then. */
    passUntil: async (until: number) => {
      let taken = 0;
      while (held[0] !== undefined && held[0].at <= until) {
        const next = held.shift()!;
        clock.now = next.at;
        await take(next.body);
        taken += 1;
      }
      clock.now = until;
      return taken;
    },
    repairs: async () =>
      (await remediations.ofFinding(FINDING.findingId)).map(({ remediation: { playbook, state } }) => [
        playbook,
        state,
      ]),
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

test('what no guardrail stands against is not held', async () => {
  const { clock, hear, held } = aNight();
  clock.now = NIGHT + 8 * HOUR_MS;

  await hear(FINDING);

  expect(held).toEqual([]);
});
