import { expect, test } from '@jest/globals';
import {
  type AuditQuery,
  type FindingsQuery,
  type FunctionWindow,
  RemediationChanged,
  WindowsClosed,
} from '@lamplighter/contracts';
import { aDeploy, aGet, answered, fakeDeps, finding, NOW } from '../../test/fake-services.ts';
import type { Services } from '../ports.ts';
import { answerApi } from './answer-api.ts';

const place = { accountId: finding.resource.accountId, region: finding.resource.region };
const scope = { functionName: 'pay', ...place };
const invocation = {
  ...scope,
  ...{ requestId: 'r-1', logGroup: 'g', logStream: 's', startedAt: NOW, coldStart: false, status: 'success' as const },
  ...{ messages: [], logLines: 0, attempts: 1, missing: [] },
};
const { figures } = WindowsClosed.example.windows[0]!;
const minute = (start: number, version: string): FunctionWindow => ({
  ...figures,
  start,
  byVersion: [
    { version, invocations: 1, failures: 0, coldStarts: 0, durationMs: { sum: 1, max: 1 }, durationSketch: '' },
  ],
});

const audit = async (query: AuditQuery) => {
  if (query.kind === 'by-request')
    return answered({ kind: 'story' as const, story: { invocation, attempts: [], lines: [], linesOmitted: 0 } });
  expect(query).toMatchObject({ kind: 'windows', ...scope });
  return answered({ kind: 'windows' as const, windows: [minute(NOW - 120_000, '7'), minute(NOW - 60_000, '8')] });
};
const failed = async () => ({ kind: 'failed' as const, reason: 'TooManyRequestsException' });

async function requestOf(services: Partial<Services>) {
  const response = await answerApi(aGet('/api/request', { id: 'r-1' }), fakeDeps(services));
  return { status: response.status, page: JSON.parse(response.body) };
}

test('a version that began shortly before the request is told', async () => {
  const { page } = await requestOf({ audit });
  expect(page).toMatchObject({ deploys: [{ version: '8', at: NOW - 60_000 }], unanswered: [] });
});

test('findings and repairs that were not told are not none, and the story is told', async () => {
  const { page } = await requestOf({ audit, findings: failed, remediations: failed });
  expect(page).toMatchObject({ kind: 'story', findings: [], unanswered: ['remediation', 'analysis'] });
});

test('a story that was not told is no request that is not there', async () => {
  expect((await requestOf({ audit: failed })).status).toBe(502);
});

test('repairs of a namesake in another region are not its own', async () => {
  const { remediation } = RemediationChanged.example;
  const repairIn = (region: string) => ({
    ...remediation,
    remediationId: region,
    plannedAt: NOW,
    resource: { ...remediation.resource, ...place, name: 'pay', region },
  });
  const { page } = await requestOf({
    audit,
    remediations: async () =>
      answered({ kind: 'remediations', remediations: [repairIn('eu-north-1'), repairIn(place.region)] }),
  });
  expect(page.remediations).toMatchObject([{ remediationId: place.region }]);
});

test('a deploy of $LATEST shortly before the request is told, and who made it; versions that minutes show are told once', async () => {
  const { page } = await requestOf({
    audit,
    findings: async (query: FindingsQuery) => {
      if (query.kind !== 'changes') return answered({ kind: 'findings', findings: [] });
      expect(query).toMatchObject({ ...scope, since: NOW - 3_600_000, until: NOW + 3_600_000 });
      const version = { ...aDeploy, changeId: 'v', source: 'logs' as const, kind: 'version' as const, version: '8' };
      return answered({ kind: 'changes', changes: [aDeploy, version] });
    },
  });
  expect(page.changes).toEqual([
    {
      ...{ changeId: 'change-1', at: NOW - 90_000, kind: 'code', source: 'cloudtrail' },
      text: 'new code of $LATEST by deployer/anna',
    },
  ]);
  expect(page.unanswered).toEqual([]);
});

test('what was repaired elsewhere for a finding of its function is told with it', async () => {
  const { remediation } = RemediationChanged.example;
  const resource = { ...remediation.resource, type: 'aurora-cluster' as const, name: 'the-cluster', ...place };
  const index = { ...remediation, remediationId: 'index', findingId: finding.findingId, resource, plannedAt: NOW };
  const other = { ...index, remediationId: 'other', findingId: 'of-another-function' };
  const near = { ...finding, openedAt: NOW, updatedAt: NOW };
  const { page } = await requestOf({
    audit,
    findings: async ({ kind }: FindingsQuery) =>
      answered(kind === 'changes' ? { kind, changes: [] } : { kind: 'findings', findings: [near] }),
    remediations: async () => answered({ kind: 'remediations', remediations: [index, other] }),
  });

  expect(page.remediations.map(({ remediationId }: { remediationId: string }) => remediationId)).toEqual(['index']);
});
