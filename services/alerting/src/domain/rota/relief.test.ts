import { expect, test } from '@jest/globals';
import { signal } from '../../../test/signals.ts';
import { testPolicy } from '../../../test/test-policy.ts';
import { openAlert } from '../open-alert.ts';
import { onCall } from './on-call.ts';
import { reliefOf } from './relief.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const DAYS_MS = 86_400_000;
const TEAM = testPolicy('http://127.0.0.1:1');
const { first } = TEAM.rotas;
const onDuty = onCall(first!, NOW);
const next = onCall(first!, NOW + 5 * DAYS_MS);
const POLICY = {
  ...TEAM,
  people: {
    ...TEAM.people,
    [onDuty]: { ...TEAM.people[onDuty]!, email: 'Duty@example.com' },
    [next]: { ...TEAM.people[next]!, email: 'next@example.com' },
  },
};

/** Who hears, days later, of what somebody of that name took on. */
function reliefFrom(acknowledgedBy: string, days: number) {
  const inHand = { state: 'acknowledged', acknowledgedBy, acknowledgedAt: NOW } as const;
  const alert = { ...openAlert(signal('a'), 'a-1', POLICY, NOW), ...inHand };
  return reliefOf(alert, POLICY, NOW + days * DAYS_MS).map(({ person }) => person);
}

test.each([
  ['the name in the policy', onDuty],
  ['their address, however it is written', 'dUTY@example.com'],
])('whoever is on call next hears of what was taken on under %s', (_, acknowledgedBy) => {
  expect(reliefFrom(acknowledgedBy, 5)).toContain(next);
});

test.each([onDuty, 'duty@example.com'])('nobody hears while %s is still on call', (acknowledgedBy) => {
  const own = reliefFrom(acknowledgedBy, 0);

  expect(own).toEqual([]);
});

test.each([
  ['another name of theirs', 'sub:0f3c'],
  ['somebody who was not on call', 'cleo'],
  ['a name that begins as theirs', `${onDuty}-2`],
])('nobody hears of what was taken on under %s', (_, acknowledgedBy) => {
  expect(reliefFrom(acknowledgedBy, 5)).toEqual([]);
});
