import { describe, expect, test } from '@jest/globals';
import type { Change } from '../change.ts';
import { settingsOf } from '../settings-of.ts';
import { CACHE, throttle } from '../testing/stage-changes.ts';
import { guard } from './guard.ts';
import type { GuardRequest, GuardState } from './guard-request.ts';
import { GuardrailConfig } from './guardrail-config.ts';

const NOON = Date.UTC(2026, 10, 27, 12);
const HOUR_MS = 3_600_000;
const CONFIG = GuardrailConfig.parse({ mode: 'automatic', allow: [{ playbooks: ['*'] }] });

const TRACE: Change = { kind: 'lambda-configuration', functionName: 'pay', tracing: 'Active' };

interface Case {
  readonly held: Change;
  readonly state?: Partial<GuardState>;
  readonly stays?: true;
  readonly until?: number;
}

/** What becomes of a stopgap that would change the same as one that is in force for another hour. */
function decided(change: Change, { held, state, stays, until = NOON + HOUR_MS }: Case) {
  const asker: GuardRequest = {
    remediationId: 'asker',
    playbook: 'a-stopgap',
    risk: 'low',
    change,
    resourceName: 'pay',
    resourceTags: {},
    costPerHourUsd: 0,
    costPerMonthUsd: 0,
    ...(!stays && { untilMinutes: 30 }),
    isAlwaysAsked: false,
    approvalsNeeded: 1,
  };
  const one = { remediationId: 'holder', settings: settingsOf(held), hold: { change: held, until } };
  const nothing = { now: NOON, isKilled: false, inChange: [], recent: [], spentPerHourUsd: 0, costs: [] };
  return guard(asker, { ...nothing, held: [one], ...state }, CONFIG);
}

const ALREADY = {
  kind: 'already',
  reason: 'It is so already, by holder, until about 2026-11-27 13:00 UTC.',
};

test.each<[string, Change, Change]>([
  ['a cache', CACHE, { ...CACHE, from: { clusterEnabled: false } }],
  ['a trace', TRACE, { ...TRACE, from: { tracing: 'PassThrough' } }],
  ['one of two settings', TRACE, { ...TRACE, applicationLogLevel: 'DEBUG' }],
])('nobody waits for %s that is in force already', (_what, asked, held) => {
  expect(decided(asked, { held })).toEqual(ALREADY);
});

test('what is so already does not wait for its resource to cool down from that', () => {
  const recent = [{ resourceKey: 'api/a1/prod', at: NOON - 60_000, wasUndone: false }];

  expect(decided(CACHE, { held: CACHE, state: { recent } })).toEqual(ALREADY);
});

describe('it is waited for, and until when is said', () => {
  test.each<[string, Change, Change]>([
    ['another limit', throttle(5), throttle(3)],
    ['more than what is set', { ...TRACE, applicationLogLevel: 'DEBUG' }, TRACE],
  ])('%s', (_what, asked, held) => {
    expect(decided(asked, { held })).toEqual({
      kind: 'wait',
      reason: 'holder has set the same for a while, and takes it back at about 2026-11-27 13:00 UTC.',
      until: NOON + HOUR_MS,
    });
  });

  test('what would stay, since it would end with the stopgap', () => {
    expect(decided(TRACE, { held: TRACE, stays: true })).toMatchObject({ kind: 'wait', until: NOON + HOUR_MS });
  });

  test('what should have been taken back by now', () => {
    expect(decided(CACHE, { held: CACHE, until: NOON })).toMatchObject({ kind: 'wait', until: NOON });
  });
});

test('what is being changed may be undone: it is waited for', () => {
  const inChange = [{ remediationId: 'holder', resourceKey: 'lambda/pay' }];

  expect(decided(TRACE, { held: TRACE, state: { inChange } })).toEqual({
    kind: 'wait',
    reason: 'holder changes the same resource.',
  });
});

test('what an earlier version let in says nothing of its values: it is waited for', () => {
  const held = [{ remediationId: 'holder', settings: settingsOf(CACHE) }];

  expect(decided(CACHE, { held: CACHE, state: { held } })).toEqual({
    kind: 'wait',
    reason: 'holder has set the same for a while, and takes it back.',
  });
});

test('what a rail refuses for good is told as that', () => {
  expect(decided(CACHE, { held: CACHE, state: { isKilled: true } })).toMatchObject({ kind: 'refused' });
});
