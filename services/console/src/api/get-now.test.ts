import { expect, test } from '@jest/globals';
import { RemediationChanged, type RemediationsQuery } from '@lamplighter/contracts';
import { aGet, alert, answered, fakeDeps, finding } from '../../test/fake-services.ts';
import type { Services } from '../ports.ts';
import { answerApi } from './answer-api.ts';
import type { Now } from './get-now.ts';

async function nowOf(services: Partial<Services>): Promise<Now> {
  return JSON.parse((await answerApi(aGet('/api/now'), fakeDeps(services))).body);
}

const { remediation } = RemediationChanged.example;
const inState = (remediationId: string, state: typeof remediation.state) => ({ ...remediation, remediationId, state });

test('a repair that waits is told behind any number of newer ones, and once', async () => {
  const asked: RemediationsQuery[] = [];
  const old = inState('old', 'awaiting-approval');
  const now = await nowOf({
    remediations: async (query) => {
      asked.push(query);
      return answered({
        kind: 'overview',
        waiting: [old],
        recent: [inState('new', 'dry-run-ended'), old],
        isKilled: true,
      });
    },
  });

  expect(now.waiting.map(({ remediationId }) => remediationId)).toEqual(['old']);
  expect(now.remediations.map(({ remediationId }) => remediationId)).toEqual(['new']);
  expect(now.isKilled).toBe(true);
  expect(asked).toHaveLength(1);
});

test('a service of another release than the console has failed', async () => {
  const now = await nowOf({ remediations: async () => answered({ kind: 'invalid-query', reason: 'no query' }) });

  expect(now.services).toContainEqual({
    service: 'remediation',
    state: 'failed',
    reason: 'The remediation service does not know this question: deploy it again.',
  });
});

const alertsOf = (number: number, severity: 'critical' | 'warning') =>
  Array.from({ length: number }, (_, at) => ({ ...alert, alertId: `${severity}-${at}`, severity }));

test('of more alerts than are told the number is told, and where it is not, that there may be more', async () => {
  const alerts = [...alertsOf(40, 'critical'), ...alertsOf(60, 'warning')];
  const counted = await nowOf({ alerts: async () => answered({ kind: 'alerts', alerts, total: 150 }) });
  const uncounted = await nowOf({ alerts: async () => answered({ kind: 'alerts', alerts }) });

  expect(counted).toMatchObject({ openAlerts: 150, criticalAlerts: 40, atLeast: [] });
  expect(uncounted).toMatchObject({
    openAlerts: 100,
    criticalAlerts: 40,
    atLeast: ['openAlerts', 'criticalAlerts'],
  });
});

test('what is critical is counted in all that is told, beyond the hundred that are shown', async () => {
  const findings = Array.from({ length: 1_000 }, (_, at) => ({
    ...finding,
    findingId: `f-${at}`,
    severity: at >= 800 ? ('critical' as const) : ('warning' as const),
  }));
  const now = await nowOf({ findings: async () => answered({ kind: 'findings', findings }) });

  expect(now).toMatchObject({
    openFindings: 1_000,
    criticalFindings: 200,
    atLeast: ['openFindings', 'criticalFindings'],
  });
  expect(now.findings).toHaveLength(100);
});

test('findings of one cause are answered by the one alert that stands for them', async () => {
  const first = { ...finding, findingId: 'first', groupKey: 'dynamodb/orders' };
  const findings = [first, { ...first, findingId: 'second' }, { ...first, findingId: 'other', groupKey: 'else' }];
  const standsFor = {
    ...alert,
    subject: { kind: 'finding', id: 'first' },
    groupKey: 'finding/dynamodb/orders',
  } as const;
  const now = await nowOf({
    findings: async () => answered({ kind: 'findings', findings }),
    alerts: async () => answered({ kind: 'alerts', alerts: [standsFor] }),
  });

  expect(now.findings.map(({ findingId, alertId }) => [findingId, alertId])).toEqual([
    ['first', alert.alertId],
    ['second', alert.alertId],
    ['other', undefined],
  ]);
});

test('the daily proof that alerts arrive is nothing that is open', async () => {
  const proof = {
    ...alert,
    alertId: 'proof',
    severity: 'info' as const,
    subject: { kind: 'synthetic' as const, id: 'p' },
  };
  const quiet = await nowOf({ alerts: async () => answered({ kind: 'alerts', alerts: [proof], total: 1 }) });
  const busy = await nowOf({
    alerts: async () => answered({ kind: 'alerts', alerts: [...alertsOf(1, 'warning'), proof], total: 2 }),
  });

  expect(quiet).toMatchObject({ openAlerts: 0, alerts: [], atLeast: [] });
  expect(busy).toMatchObject({ openAlerts: 1, alerts: [{ alertId: 'warning-0' }] });
});
