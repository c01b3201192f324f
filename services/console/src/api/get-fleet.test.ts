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
