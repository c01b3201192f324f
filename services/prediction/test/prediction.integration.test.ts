import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ACCOUNT, closedMinute } from './closed-minute.ts';
import { type DeployedPrediction, startPrediction } from './deployed-prediction.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 0, 15, 12);

let prediction: DeployedPrediction;
beforeAll(async () => {
  prediction = await startPrediction(START_MS);
});
afterAll(() => prediction?.stop());

/** Minutes of two functions that climb together; every event comes twice. */
async function climb(minutes: number, from: number, slope: number): Promise<void> {
  for (let at = 0; at < minutes; at++) {
    const start = Math.floor(prediction.clock.now() / MINUTE_MS) * MINUTE_MS;
    const environments = Math.round(from + slope * at);
    const events = [closedMinute('shop', start, environments), closedMinute('search', start, environments)];
    await prediction.settle(MINUTE_MS);
    await prediction.publish([...events, ...events]);
  }
  await prediction.settle(2_000);
  await prediction.settle();
}

async function breaches() {
  const answer = await prediction.ask({ kind: 'breaches' });
  return answer.kind === 'breaches' ? answer.breaches : [];
}

test('steady functions have forecasts with bands, costs, and no breach', async () => {
  await climb(12, 100, 0);

  const answer = await prediction.ask({ kind: 'forecasts' });
  const forecasts = answer.kind === 'forecasts' ? answer.forecasts : [];

  expect(forecasts.map(({ resource }) => resource.name).sort()).toEqual([ACCOUNT.accountId, 'search', 'shop']);
  const shop = forecasts.find(({ resource }) => resource.name === 'shop')!;
  const concurrency = shop.forecasts.find(({ metric }) => metric === 'concurrency')!;
  expect(concurrency.mean).toHaveLength(12);
  expect(Math.round(concurrency.mean[0]!)).toBe(100);
  expect(shop.cost.monthUsd).toBeGreaterThan(shop.cost.monthSoFarUsd);
  expect(await breaches()).toEqual([]);
});

test('a climb of both predicts that the account quota is hit, once, well before it is', async () => {
  const climbsFrom = prediction.clock.now();
  await climb(55, 100, 6);

  const [breach, ...more] = await breaches();
  expect(more).toEqual([]);
  expect(breach).toMatchObject({
    change: expect.stringMatching(/predicted|corrected/),
    resource: { type: 'account', name: ACCOUNT.accountId },
    limit: { kind: 'account-concurrency', value: 1000 },
  });
  // 2 x (100 + 6 x) passes 1,000 after 67 minutes of climb.
  const minutes = (time: number): number => (time - climbsFrom) / MINUTE_MS;
  const toldAt = Number(breach!.breachId.split('/').at(-1));
  expect(minutes(toldAt)).toBeLessThanOrEqual(67 - 15);
  expect(Math.abs(minutes(breach!.expectedAt!) - 67)).toBeLessThan(8);
  expect(breach!.recommendations[0]?.action).toBe('request-quota-increase');
});

test('when the load falls back, the prediction is withdrawn', async () => {
  await climb(12, 40, 0);

  expect((await breaches()).map(({ change }) => change)).toEqual(['withdrawn']);
});
