import { expect, test } from '@jest/globals';
import { type AuditQuery, type FindingsQuery, type ForecastsQuery, RemediationChanged } from '@lamplighter/contracts';
import { aDeploy, aGet, answered, fakeDeps } from '../../test/fake-services.ts';
import { answerApi } from './answer-api.ts';

const { remediation } = RemediationChanged.example;
const elsewhere = { ...remediation, resource: { ...remediation.resource, name: 'pay', region: 'eu-north-1' } };
const here = { ...remediation, remediationId: 'here', resource: { ...elsewhere.resource, region: 'eu-west-1' } };
const OF = { name: 'pay', account: here.resource.accountId, region: 'eu-west-1' };
const SCOPE = { functionName: 'pay', accountId: OF.account, region: 'eu-west-1' };

test('a function of another account or region is asked for by where it is', async () => {
  const asked: (AuditQuery | FindingsQuery | ForecastsQuery)[] = [];
  const deps = fakeDeps({
    audit: async (query) => {
      asked.push(query);
      return answered({ kind: 'windows', windows: [] });
    },
    findings: async (query) => {
      asked.push(query);
      return answered({ kind: 'findings', findings: [] });
    },
    remediations: async () => answered({ kind: 'remediations', remediations: [elsewhere, here] }),
    forecasts: async (query) => {
      asked.push(query);
      return answered({ kind: 'forecasts', forecasts: [] });
    },
  });

  const { body } = await answerApi(aGet('/api/function', OF), deps);
  await answerApi(aGet('/api/forecasts', OF), deps);

  expect(asked).toContainEqual(expect.objectContaining({ kind: 'windows', ...SCOPE }));
  expect(asked).toContainEqual(expect.objectContaining({ kind: 'by-function', ...SCOPE }));
  expect(asked).toContainEqual(expect.objectContaining({ kind: 'forecasts', ...SCOPE }));
  expect(JSON.parse(body)).toMatchObject({ remediations: [{ remediationId: 'here' }], unanswered: [] });
  expect(JSON.parse(body).remediations).toHaveLength(1);
});

test('findings and repairs that were not told are not none', async () => {
  const failed = async () => ({ kind: 'failed' as const, reason: 'TooManyRequestsException' });
  const deps = fakeDeps({
    audit: async () => answered({ kind: 'windows', windows: [] }),
    findings: failed,
    remediations: failed,
  });

  expect(JSON.parse((await answerApi(aGet('/api/function', { name: 'pay' }), deps)).body)).toMatchObject({
    findings: [],
    remediations: [],
    unanswered: ['analysis', 'remediation'],
  });
});

test('what was changed in the time that is shown, and in the hour before, is told with it', async () => {
  const deps = fakeDeps({
    audit: async () => answered({ kind: 'windows', windows: [] }),
    findings: async (query) => {
      if (query.kind !== 'changes') return answered({ kind: 'findings', findings: [] });
      expect(query.until - query.since).toBe(2 * 3_600_000);
      return answered({ kind: 'changes', changes: [aDeploy] });
    },
  });

  expect(JSON.parse((await answerApi(aGet('/api/function', OF), deps)).body)).toMatchObject({
    changes: [{ kind: 'code', text: 'new code of $LATEST by deployer/anna', at: aDeploy.at }],
    unanswered: [],
  });
});
