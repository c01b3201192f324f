import { expect, test } from '@jest/globals';
import type { ServiceStatus } from '../../../src/api/get-now.ts';
import { verdictOf } from './verdict-of.ts';

const SERVICES = ['ingestion', 'analysis', 'prediction', 'remediation', 'alerting'] as const;
const up = SERVICES.map((service) => ({ service, state: 'up' as const }));
const quiet = {
  services: up,
  ...{ openFindings: 0, criticalFindings: 0, openAlerts: 0, criticalAlerts: 0, atLeast: [] },
  waiting: [],
  isKilled: false,
};
const withService = (service: ServiceStatus['service'], state: ServiceStatus['state']) =>
  up.map((one) => (one.service === service ? { service, state } : one));

test('where all answer and nothing is open, all is quiet', () => {
  expect(verdictOf(quiet)).toEqual({ tone: 'good', said: 'All quiet: nothing is open, nothing waits for you.' });
});

test.each(SERVICES)('where %s fails, nothing is called quiet', (service) => {
  expect(verdictOf({ ...quiet, services: withService(service, 'failed') })).toEqual({
    tone: 'warning',
    said: `${service} does not answer.`,
  });
});

test('several that fail are named together', () => {
  const services = up.map((one) => ({ ...one, state: 'failed' as const }));
  expect(verdictOf({ ...quiet, services }).said).toBe(`${SERVICES.join(', ')} do not answer.`);
});

test.each([
  ['ingestion', 'warning'],
  ['analysis', 'warning'],
  ['remediation', 'good'],
] as const)('where %s is not deployed the tone is %s', (service, tone) => {
  expect(verdictOf({ ...quiet, services: withService(service, 'not-deployed') }).tone).toBe(tone);
});

test.each([
  [1, 'critical'],
  [0, 'warning'],
] as const)('of an open alert without a finding, %d of them critical, it is %s', (criticalAlerts, tone) => {
  expect(verdictOf({ ...quiet, openAlerts: 1, criticalAlerts }).tone).toBe(tone);
});

test('what is critical is counted beside what is open', () => {
  expect(verdictOf({ ...quiet, openAlerts: 2, criticalAlerts: 1 }).said).toBe('2 alerts open, 1 critical.');
});

test('a count that is the least says so', () => {
  const many = { ...quiet, openFindings: 1_000, criticalFindings: 3, openAlerts: 150, criticalAlerts: 40 };
  expect(verdictOf({ ...many, atLeast: ['openFindings', 'criticalFindings'] }).said).toBe(
    '1,000+ findings open, 3+ critical · 150 alerts open, 40 critical.',
  );
});

test('where the kill switch is on, nothing is called quiet', () => {
  expect(verdictOf({ ...quiet, isKilled: true })).toEqual({ tone: 'warning', said: 'repairs are stopped.' });
});

test.each([
  [{ completenessPct: 98, isFirstHour: false, isUnreadable: false }, '1 function audited only in part.'],
  [{ completenessPct: null, isFirstHour: false, isUnreadable: true }, '1 function audited only in part.'],
  [
    { completenessPct: 99.5, isFirstHour: false, isUnreadable: false },
    'All quiet: nothing is open, nothing waits for you.',
  ],
  [
    { completenessPct: 40, isFirstHour: true, isUnreadable: false },
    'All quiet: nothing is open, nothing waits for you.',
  ],
  [
    { completenessPct: null, isFirstHour: false, isUnreadable: false },
    'All quiet: nothing is open, nothing waits for you.',
  ],
])('of a function of which %j is audited it says: %s', (row, said) => {
  expect(verdictOf(quiet, { rows: [row] }).said).toBe(said);
});
