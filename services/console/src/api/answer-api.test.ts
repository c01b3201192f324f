import { describe, expect, test } from '@jest/globals';
import type { AlertsQuery, RemediationsQuery } from '@lamplighter/contracts';
import { RemediationChanged } from '@lamplighter/contracts';
import { aGet, alert, answered, aPost, fakeDeps, finding, NOW } from '../../test/fake-services.ts';
import { answerApi } from './answer-api.ts';

const bodyOf = ({ body }: { readonly body: string }) => JSON.parse(body);

describe('now', () => {
  test('says of each service that it is not deployed, and is no error', async () => {
    const response = await answerApi(aGet('/api/now'), fakeDeps());

    expect(response.status).toBe(200);
    expect(bodyOf(response)).toMatchObject({
      services: ['ingestion', 'analysis', 'prediction', 'remediation', 'alerting'].map((service) => ({
        service,
        state: 'not-deployed',
      })),
      openFindings: 0,
      isKilled: null,
    });
  });

  test('puts critical findings first, and newer before older ones', async () => {
    const findings = [
      { ...finding, findingId: 'old', severity: 'critical' as const, openedAt: NOW - 2 },
      { ...finding, findingId: 'warning', severity: 'warning' as const, openedAt: NOW },
      { ...finding, findingId: 'new', severity: 'critical' as const, openedAt: NOW - 1 },
    ];
    const deps = fakeDeps({ findings: async () => answered({ kind: 'findings', findings }) });

    const { findings: shown } = bodyOf(await answerApi(aGet('/api/now'), deps));

    expect(shown.map(({ findingId }: { findingId: string }) => findingId)).toEqual(['new', 'old', 'warning']);
  });

  test('costs nothing but a tag while nothing changes, however the time goes on', async () => {
    const deps = fakeDeps();
    const first = await answerApi(aGet('/api/now'), deps);

    const again = await answerApi(aGet('/api/now', {}, { 'if-none-match': `W/${first.headers.etag}` }), {
      ...deps,
      now: () => NOW + 3_000,
    });

    expect(again).toMatchObject({ status: 304, body: '', headers: { 'x-lamplighter-now': String(NOW + 3_000) } });
  });

  test('has another tag when something changed', async () => {
    const before = await answerApi(aGet('/api/now'), fakeDeps());
    const deps = fakeDeps({ alerts: async () => answered({ kind: 'alerts', alerts: [alert] }) });

    const after = await answerApi(aGet('/api/now', {}, { 'if-none-match': before.headers.etag! }), deps);

    expect(after.status).toBe(200);
    expect(bodyOf(after).openAlerts).toBe(1);
  });
});

describe('problems', () => {
  test.each([
    ['/api/finding', { id: 'x' }, { kind: 'not-deployed' } as const, 404, 'NOT_DEPLOYED'],
    [
      '/api/finding',
      { id: 'x' },
      { kind: 'failed', reason: 'query-findings: TimeoutError' } as const,
      502,
      'SERVICE_FAILED',
    ],
    ['/api/finding', { id: 'x' }, answered({ kind: 'not-found' as const }), 404, 'NOT_FOUND'],
    ['/api/finding', { id: '' }, answered({ kind: 'not-found' as const }), 400, 'BAD_REQUEST'],
    ['/api/nothing', {}, answered({ kind: 'not-found' as const }), 404, 'NOT_FOUND'],
    ['/api/__proto__', {}, answered({ kind: 'not-found' as const }), 404, 'NOT_FOUND'],
  ])('%s %j is told with its code and a sentence', async (path, query, asked, status, code) => {
    const response = await answerApi(aGet(path, query), fakeDeps({ findings: async () => asked }));

    expect(response).toMatchObject({ status, headers: { 'content-type': 'application/problem+json' } });
    expect(bodyOf(response)).toMatchObject({ code, status, detail: expect.stringMatching(/\w+/) });
  });

  test('a service that names its own fault is quoted', async () => {
    const deps = fakeDeps({ findings: async () => ({ kind: 'failed', reason: 'query-findings: TimeoutError' }) });
    expect(bodyOf(await answerApi(aGet('/api/findings'), deps)).detail).toBe('query-findings: TimeoutError');
  });
});

describe('actions', () => {
  const { remediation } = RemediationChanged.example;
  const decide = { remediationId: remediation.remediationId, decision: 'approve' };

  test('a decision is taken in the name of whoever is signed in, whatever the body says', async () => {
    const asked: RemediationsQuery[] = [];
    let forgot = 0;
    const remediations = async (query: RemediationsQuery) => {
      asked.push(query);
      return answered({ kind: 'remediation' as const, remediation });
    };

    const response = await answerApi(
      aPost('/api/decide', { ...decide, by: 'somebody else' }),
      fakeDeps({ remediations }, { forget: () => forgot++ }),
    );

    expect(response.status).toBe(200);
    expect(asked).toEqual([{ kind: 'decide', ...decide, by: 'anna@example.com' }]);
    expect(forgot).toBe(1);
  });

  test('what the service refuses is a conflict with its reason', async () => {
    const deps = fakeDeps({
      remediations: async () => answered({ kind: 'refused', reason: 'It is declined already.' }),
    });
    const response = await answerApi(aPost('/api/decide', decide), deps);
    expect(response.status).toBe(409);
    expect(bodyOf(response).detail).toBe('It is declined already.');
  });

  test('an alert is put off for as long as is wanted', async () => {
    const asked: AlertsQuery[] = [];
    const alerts = async (query: AlertsQuery) => {
      asked.push(query);
      return answered({ kind: 'alert' as const, alert });
    };
    await answerApi(aPost('/api/answer', { alertId: 'alert-1', answer: 'snooze', minutes: 60 }), fakeDeps({ alerts }));
    expect(asked).toEqual([
      { kind: 'answer', alertId: 'alert-1', answer: 'snooze', minutes: 60, by: 'anna@example.com' },
    ]);
  });

  test('the links of approvers stay with the service', async () => {
    const link = { approver: 'ben', approveUrl: 'https://a', declineUrl: 'https://d' };
    const waiting = { ...remediation, approval: { expiresAt: NOW, links: [link] } };
    const deps = fakeDeps({ remediations: async () => answered({ kind: 'remediation', remediation: waiting }) });
    for (const request of [aPost('/api/decide', decide), aGet('/api/remediation', { id: 'r' })]) {
      expect((await answerApi(request, deps)).body).not.toContain('https://a');
    }
  });

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling host', { 'sec-fetch-site': 'same-site' }],
    ['a form', { 'x-lamplighter-console': undefined }],
    ['a form of plain text', { 'content-type': 'text/plain' }],
    ['an old browser on another site', { 'sec-fetch-site': undefined, origin: 'https://evil.example' }],
  ])('%s cannot act', async (_who, headers) => {
    let asked = 0;
    const remediations = async () => {
      asked++;
      return answered({ kind: 'remediation' as const, remediation });
    };

    const response = await answerApi(aPost('/api/decide', decide, headers), fakeDeps({ remediations }));

    expect(response.status).toBe(403);
    expect(asked).toBe(0);
  });

  test.each([
    ['no JSON', '{'],
    ['another decision', { ...decide, decision: 'maybe' }],
    ['far too much', 'x'.repeat(10_001)],
  ])('a body of %s is refused before anybody is asked', async (_what, body) => {
    const response = await answerApi(aPost('/api/decide', body), fakeDeps());
    expect(response.status).toBe(400);
  });
});
