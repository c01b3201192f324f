import { expect, test } from '@jest/globals';
import type { Now, ServiceStatus } from '../../../src/api/get-now.ts';
import { alert } from '../../../test/fake-services.ts';
import { verdictOf } from './verdict-of.ts';

const SERVICES = ['ingestion', 'analysis', 'prediction', 'remediation', 'alerting'] as const;
const up = SERVICES.map((service) => ({ service, state: 'up' as const }));
const quiet = { services: up, openFindings: 0, findings: [], openAlerts: 0, alerts: [], waiting: [] };
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
  ['open', 'critical'],
  ['acknowledged', 'critical'],
  ['snoozed', 'warning'],
] as const)('a critical alert without a finding, %s, makes it %s', (state, tone) => {
  const alerts: Now['alerts'] = [{ ...alert, severity: 'critical', state }];
  expect(verdictOf({ ...quiet, openAlerts: 1, alerts }).tone).toBe(tone);
});

test('what is critical is counted beside what is open', () => {
  const alerts: Now['alerts'] = [{ ...alert, severity: 'critical' }, alert];
  expect(verdictOf({ ...quiet, openAlerts: 2, alerts }).said).toBe('2 alerts open, 1 critical.');
});
