import { expect, test } from '@jest/globals';
import { MINUTE_MS, newPredictionState, takeMinutes } from '@lamplighter/prediction';
import { newAdvice } from './advise-provisioning.ts';

const SHOP = { accountId: '123456789012', region: 'us-east-1', functionName: 'shop' };
const T0 = Date.UTC(2026, 0, 15);
const NOW = T0 + 4 * 1_440 * MINUTE_MS;

/** Four days of so many environments, of which five are busy in the mean, a fiftieth of the calls cold. */
const known = (peak: number) => {
  const fresh = newPredictionState();
  const load = {
    calls: 3_000,
    busyMs: 300_000,
    costUsd: 0.006,
    peak,
    maxDurationMs: 180,
    coldStarts: 60,
    initMs: 54_000,
  };
  const minutes = Array.from({ length: 4 * 1_440 }, (_, at) => ({ start: T0 + at * MINUTE_MS, revision: 0, load }));
  return {
    state: { ...fresh, load: takeMinutes(fresh.load, minutes, NOW) },
    settings: { memoryMb: 1_024, architecture: 'arm64' },
    settingsAt: NOW,
  } as const;
};
const KNOWN = known(10);

test('an advice tells its alias, and keeps the cold calls that it rests on', async () => {
  const advice = await newAdvice(SHOP, KNOWN, { alias: async () => ({ alias: 'live' }), now: NOW });

  expect(JSON.parse(advice!.entry.Detail).data).toMatchObject({
    schedule: { qualifier: 'live' },
    basis: { days: 4, coldSharePct: 2 },
  });
  expect(advice!.told).toMatchObject({ advised: 'provisioned-concurrency', cold: { share: 0.02, initMs: 900 } });
});

test('an advice waits for an alias that cannot be asked for, and one without environments needs none', async () => {
  const alias = async () => undefined;
  const told = { advised: 'provisioned-concurrency', levels: [], at: 0 } as const;
  const dear = { ...known(100), advice: told };

  expect(await newAdvice(SHOP, KNOWN, { alias, now: NOW })).toBeUndefined();
  expect((await newAdvice(SHOP, dear, { alias, now: NOW }))!.told.advised).toBe('nothing');
});
