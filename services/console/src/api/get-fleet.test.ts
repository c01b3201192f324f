import { expect, test } from '@jest/globals';
import { type AuditQuery, type CompletenessHour, type FunctionWindow, WindowsClosed } from '@lamplighter/contracts';
import { aGet, answered, fakeDeps, finding, NOW } from '../../test/fake-services.ts';
import { answerApi } from './answer-api.ts';
import type { Fleet } from './get-fleet.ts';

const HOUR_MS = 3_600_000;
const hour = (hoursAgo: number, audited: number): CompletenessHour => ({
  hour: NOW - hoursAgo * HOUR_MS,
  invoked: 100,
  audited,
  completenessPct: audited,
  backfilled: 0,
});
const aWindow: FunctionWindow = WindowsClosed.example.windows[0]!.figures;

/** The row of one function whose audit tells this, and whether more than recorded hours were asked for. */
async function rowOf(windows: FunctionWindow[], recorded: CompletenessHour[]) {
  const running = hour(0, 10);
  const asked: Extract<AuditQuery, { kind: 'completeness' }>[] = [];
  const deps = fakeDeps({
    audit: async (query) => {
      if (query.kind === 'functions')
        return answered({
          kind: 'functions',
          functions: [{ functionName: 'pay', accountId: '1', region: 'eu-west-1', logGroup: '/aws/lambda/pay' }],
        });
      if (query.kind === 'windows') return answered({ kind: 'windows', windows });
      if (query.kind !== 'completeness') throw new Error(`nobody plays ${query.kind}`);
      asked.push(query);
      return answered({ kind: 'completeness', hours: query.recordedOnly ? recorded : [...recorded, running] });
    },
  });
  const { rows } = JSON.parse((await answerApi(aGet('/api/fleet'), deps)).body);
  return { row: rows[0], recordedOnly: asked.map((query) => query.recordedOnly === true) };
}

test('what the ledger has recorded is told, and nothing compared anew', async () => {
  const { row, recordedOnly } = await rowOf([aWindow], [hour(5, 100), hour(2, 90)]);

  expect(row).toMatchObject({ functionName: 'pay', invocations: aWindow.invocations, completenessPct: 95 });
  expect(recordedOnly).toEqual([true]);
});

test('a function that is new is compared as it runs', async () => {
  const { row, recordedOnly } = await rowOf([aWindow], []);

  expect(row.completenessPct).toBe(10);
  expect(recordedOnly).toEqual([true, false]);
});

test('of one that rests nothing is known, and nothing compared', async () => {
  const { row, recordedOnly } = await rowOf([], []);

  expect(row).toMatchObject({ invocations: 0, completenessPct: null });
  expect(recordedOnly).toEqual([true]);
});

const shop = (functionName: string) => ({
  ...{ functionName, accountId: '1', region: 'eu-west-1' },
  logGroup: `/aws/lambda/${functionName}`,
});
const functions = ['a', 'b', 'c', 'd'].map(shop);
const resourceOf = (name: string) => ({ accountId: '1', region: 'eu-west-1', type: 'lambda-function' as const, name });
const costOf = (name: string, lastHourUsd: number) => ({
  resource: resourceOf(name),
  cost: {
    ...{ at: NOW, lastHourUsd, todaySoFarUsd: 0, todayUsd: 0, monthSoFarUsd: 0, monthUsd: 0, knownFrom: 0 },
    ...{ monthLowerUsd: 0, monthUpperUsd: 0, basis: 'forecast' as const },
  },
});
const audit = async ({ kind }: AuditQuery) => {
  if (kind === 'functions') return answered({ kind, functions });
  if (kind === 'windows') return answered({ kind, windows: [aWindow] });
  return answered({ kind: 'completeness' as const, hours: [] });
};
const fleetOf = async (services: Parameters<typeof fakeDeps>[0], limit = '2'): Promise<Fleet> =>
  JSON.parse((await answerApi(aGet('/api/fleet', { limit }), fakeDeps(services))).body);

test('of many functions those with findings come first, then the dearest, and the cost is of all', async () => {
  const fleet = await fleetOf({
    audit,
    findings: async () => answered({ kind: 'findings', findings: [{ ...finding, resource: resourceOf('d') }] }),
    forecasts: async () =>
      answered({
        kind: 'costs',
        costs: [costOf('a', 1), costOf('b', 5), costOf('c', 3)],
        lamplighter: { monthUsd: 0, parts: [] },
      }),
  });

  expect(fleet.rows.map(({ functionName }) => functionName)).toEqual(['d', 'b']);
  expect(fleet).toMatchObject({ functions: 4, hasMore: false, lastHourUsd: 9, unanswered: [] });
});

test('where no cost is known yet, or only of what is no function, the hour is not said to cost nothing', async () => {
  const account = { ...costOf('1', 7), resource: { ...resourceOf('1'), type: 'account' as const } };
  const hourOf = async (costs: (typeof account | ReturnType<typeof costOf>)[]) => {
    const forecasts = async () => answered({ kind: 'costs' as const, costs, lamplighter: { monthUsd: 0, parts: [] } });
    return (await fleetOf({ audit, forecasts })).lastHourUsd;
  };

  expect(await hourOf([])).toBeNull();
  expect(await hourOf([account])).toBeNull();
  expect(await hourOf([account, costOf('a', 0)])).toBe(0);
});

test('what the audit does not tell is not nothing', async () => {
  const failing = async (query: AuditQuery) =>
    query.kind === 'functions' ? audit(query) : { kind: 'failed' as const, reason: 'TooManyRequestsException' };
  const { rows, unanswered } = await fleetOf({ audit: failing });

  expect(rows[0]).toMatchObject({ invocations: null, failures: null, costUsd: null, completenessPct: null });
  expect(unanswered).toEqual(['ingestion']);
});

test('where the names are not told there is no fleet, and why is told', async () => {
  const failing = async () => ({ kind: 'failed' as const, reason: 'TooManyRequestsException' });
  expect((await answerApi(aGet('/api/fleet'), fakeDeps({ audit: failing }))).status).toBe(502);
});

test('a log group that may not be read is told', async () => {
  const { row } = await rowOf([aWindow], [{ ...hour(2, 90), unreadable: true }]);
  expect(row.isUnreadable).toBe(true);
});

test('where the audit takes too long, what it told so far is told, and the rest is not nothing', async () => {
  const clock = { now: NOW };
  const slow = async (query: AuditQuery) => {
    if (query.kind === 'windows') clock.now += 1_000;
    return audit(query);
  };
  const many = Array.from({ length: 40 }, (_, at) => shop(`f-${at}`));
  const deps = fakeDeps(
    {
      audit: async (query) =>
        query.kind === 'functions' ? answered({ kind: 'functions', functions: many }) : slow(query),
    },
    { now: () => clock.now },
  );

  const { rows } = JSON.parse((await answerApi(aGet('/api/fleet', { limit: '40' }), deps)).body) as Fleet;

  expect(rows).toHaveLength(40);
  expect(rows[0]).toMatchObject({ invocations: aWindow.invocations });
  expect(rows[39]).toMatchObject({ functionName: 'f-39', invocations: null, costUsd: null });
});

test.each([
  [7_400, 7_900],
  [5_900, 7_900],
  [3_900, 7_900],
  [1_900, 5_900],
  [0, 7_900],
])(
  'names of %d ms a page and figures of %d ms an answer are told before API Gateway gives up',
  async (pageMs, lookMs) => {
    const clock = { now: NOW };
    const lasting = async (ms: number) => {
      const began = clock.now;
      await Promise.resolve();
      clock.now = Math.max(clock.now, began + ms);
    };
    const slow = async (query: AuditQuery) => {
      await lasting(query.kind === 'functions' ? pageMs : lookMs);
      return query.kind === 'functions' ? answered({ kind: query.kind, functions, cursor: 'next' }) : audit(query);
    };

    const { status, body } = await answerApi(aGet('/api/fleet'), fakeDeps({ audit: slow }, { now: () => clock.now }));

    expect([status, JSON.parse(body).hasMore]).toEqual([200, true]);
    expect(clock.now - NOW).toBeLessThanOrEqual(22_000);
  },
);
