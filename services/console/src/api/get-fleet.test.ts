import { expect, test } from '@jest/globals';
import { type AuditQuery, type CompletenessHour, type FunctionWindow, WindowsClosed } from '@lamplighter/contracts';
import { aGet, answered, fakeDeps, NOW } from '../../test/fake-services.ts';
import { answerApi } from './answer-api.ts';

const HOUR_MS = 3_600_000;
const hour = (hoursAgo: number, audited: number): CompletenessHour => ({
  hour: NOW - hoursAgo * HOUR_MS,
  invoked: 100,
  audited,
  completenessPct: audited,
  backfilled: 0,
});
const aWindow: FunctionWindow = WindowsClosed.example.windows[0]!.figures;

/** The row of one function whose audit tells this, and the spans of hours that were asked for. */
async function rowOf(windows: FunctionWindow[], hours: CompletenessHour[]) {
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
      return answered({ kind: 'completeness', hours: hours.filter((one) => one.hour <= query.until!) });
    },
  });
  const { rows } = JSON.parse((await answerApi(aGet('/api/fleet'), deps)).body);
  return { row: rows[0], until: asked.map(({ until }) => (NOW - until!) / HOUR_MS) };
}

test('what the ledger has recorded is told, and nothing compared anew', async () => {
  const { row, until } = await rowOf([aWindow], [hour(5, 100), hour(2, 90), hour(0, 10)]);

  expect(row).toMatchObject({ functionName: 'pay', invocations: aWindow.invocations, completenessPct: 95 });
  expect(until).toEqual([1.25]);
});

test('a function that is new is compared as it runs', async () => {
  const { row, until } = await rowOf([aWindow], [hour(0, 10)]);

  expect(row.completenessPct).toBe(10);
  expect(until).toEqual([1.25, 0]);
});

test('of one that rests nothing is known, and nothing asked', async () => {
  const { row, until } = await rowOf([], []);

  expect(row).toMatchObject({ invocations: 0, completenessPct: null });
  expect(until).toEqual([1.25]);
});
