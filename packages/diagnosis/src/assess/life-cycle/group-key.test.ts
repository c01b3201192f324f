import { expect, test } from '@jest/globals';
import { CONTEXT } from '../../testing/run-fault.ts';
import type { Incident } from '../incident.ts';
import { groupKeyOf } from './group-key.ts';

const T0 = Date.UTC(2026, 10, 27, 10, 50);
const minute = (index: number): number => T0 + index * 60_000;

type Known = Pick<Incident, 'class'> & Partial<Pick<Incident, 'cause' | 'resolvedAt' | 'groupKey'>>;
const incident = (known: Known): Incident => ({
  openedAt: T0,
  lastBadAt: T0,
  quietCalls: 0,
  groupKey: 'first',
  told: {
    severity: 'critical',
    magnitude: 3,
    confidence: 0.9,
    title: 'is in trouble',
    explanation: '',
    evidence: [],
    causes: [],
    lookAt: [],
    toldAt: T0,
  },
  retold: 0,
  joined: {},
  revisionBase: 0,
  ...known,
});
const SLOW = incident({ class: 'dependency-slow', cause: 'dependency/aurora' });
const DEPLOY = { class: 'bad-deploy', openedAt: minute(6), cause: 'deploy/2' } as const;
const BURST = { class: 'error-burst', openedAt: minute(6), cause: undefined } as const;

test('a bad deploy is no part of what a slow database began some minutes before on the same function', () => {
  expect(groupKeyOf(DEPLOY, [SLOW], CONTEXT)).toMatch(/^deploy\/2\/function\/.*\/\d+$/);
});

test('nor where something without a cause of its own stands in its group', () => {
  expect(groupKeyOf(DEPLOY, [incident({ class: 'error-burst' }), SLOW], CONTEXT)).not.toBe('first');
});

test('what has no cause of its own belongs to what is wrong already, and its cause to what it was seen by', () => {
  expect(groupKeyOf(BURST, [SLOW], CONTEXT)).toBe('first');
  expect(groupKeyOf(DEPLOY, [incident({ class: 'error-burst' })], CONTEXT)).toBe('first');
  expect(groupKeyOf(DEPLOY, [incident({ class: 'init-failures', cause: 'deploy/2' })], CONTEXT)).toBe('first');
});

test('what was over a quarter of an hour before has another group', () => {
  expect(groupKeyOf({ ...BURST, openedAt: minute(15) }, [incident({ ...SLOW, resolvedAt: T0 })], CONTEXT)).toBe(
    'first',
  );
  expect(groupKeyOf({ ...BURST, openedAt: minute(16) }, [incident({ ...SLOW, resolvedAt: T0 })], CONTEXT)).not.toBe(
    'first',
  );
});

test('trouble does not join advice that has been open for weeks', () => {
  const advice = incident({ class: 'over-provisioned' });

  expect(groupKeyOf(BURST, [advice], CONTEXT)).not.toBe('first');
  expect(groupKeyOf({ ...BURST, class: 'right-size' }, [advice], CONTEXT)).toBe('first');
});
