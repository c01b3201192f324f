import { expect, test } from '@jest/globals';
import {
  type AuditQuery,
  type FindingsQuery,
  type ForecastsQuery,
  RemediationChanged,
  WindowsClosed,
} from '@lamplighter/contracts';
import { aDeploy, aGet, answered, fakeDeps, NOW } from '../../test/fake-services.ts';
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

test('a time of the past is asked for as it was, to whole minutes, with what was changed then', async () => {
  const asked: (AuditQuery | FindingsQuery)[] = [];
  const deps = fakeDeps({
    audit: async (query) => {
      asked.push(query);
      return answered({ kind: 'windows', windows: [] });
    },
    findings: async (query) => {
      asked.push(query);
      return query.kind === 'changes'
        ? answered({ kind: 'changes', changes: [] })
        : answered({ kind: 'findings', findings: [] });
    },
  });
  const until = Date.UTC(2023, 10, 13, 3, 40);
  const range = { since: until - 6 * 3_600_000, until };

  for (const text of ['2023-11-13T03:40Z', '2023-11-13T03:39:30Z', String(until)]) {
    const { body } = await answerApi(aGet('/api/function', { ...OF, hours: '6', until: text }), deps);
    expect(JSON.parse(body).view).toMatchObject({ ...range, stepMs: 360_000, totals: { invocations: 0 } });
    expect(JSON.parse(body).view.columns).toHaveLength(60);
  }

  expect(asked).toContainEqual(expect.objectContaining({ kind: 'windows', ...SCOPE, ...range }));
  expect(asked).toContainEqual(expect.objectContaining({ kind: 'changes', ...SCOPE, until }));
});

test('what is to come is now', async () => {
  const deps = fakeDeps({ audit: async () => answered({ kind: 'windows', windows: [] }) });
  const { body: now } = await answerApi(aGet('/api/function', OF), deps);
  const { body } = await answerApi(aGet('/api/function', { ...OF, until: '2999-01-01T00:00Z' }), deps);
  expect(body).toBe(now);
});

test.each(['', 'yesterday', '-1', 'NaN', '2026-01-14T03:40', '9'.repeat(40), '2026-01-14T03:40Z\u0000', "0' OR 1=1"])(
  'until %j is told to be none, and nothing is asked',
  async (until) => {
    const audit = async (): Promise<never> => {
      throw new Error('asked');
    };
    const { status, body } = await answerApi(aGet('/api/function', { ...OF, until }), fakeDeps({ audit }));
    expect({ status, ...JSON.parse(body) }).toMatchObject({
      status: 400,
      code: 'BAD_REQUEST',
      detail: 'until: neither a time in UTC like 2026-01-14T03:40Z nor epoch milliseconds.',
    });
  },
);

test('a column knows the most at once of its minutes', async () => {
  const { figures } = WindowsClosed.example.windows[0]!;
  const start = NOW - (NOW % 60_000) - 600_000;
  const windows = [2, 7].map((maxConcurrency) => ({ ...figures, start, invocations: 9, maxConcurrency }));
  const deps = fakeDeps({ audit: async () => answered({ kind: 'windows', windows }) });

  const { view } = JSON.parse((await answerApi(aGet('/api/function', OF), deps)).body);

  expect(view.columns.find((column: { start: number }) => column.start === start)).toMatchObject({ maxConcurrency: 7 });
  expect(view.totals.maxConcurrency).toBe(7);
});
