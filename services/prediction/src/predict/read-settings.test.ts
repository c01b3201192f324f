import { expect, test } from '@jest/globals';
import { newPredictionState } from '@lamplighter/prediction';
import { lambdaWith } from '../../test/lambda-with.ts';
import type { StoredPrediction } from '../ports.ts';
import { withSettings } from './read-settings.ts';

const SHOP = { accountId: '123456789012', region: 'us-east-1', functionName: 'shop' };
const MINUTE_MS = 60_000;
const T0 = Date.UTC(2026, 0, 15);
const STORED: StoredPrediction = {
  state: newPredictionState(),
  untold: [],
  settings: { timeoutMs: 3_000, provisionedConcurrency: 5 },
  settingsAt: T0,
};
const HOUR_LATER = T0 + 60 * MINUTE_MS;

test('who is throttled goes on with what is known until it is due again', async () => {
  const ports = lambdaWith({ settings: async () => undefined });

  const known = await withSettings(SHOP, STORED, { ports, now: HOUR_LATER });

  expect(known).toMatchObject({ settings: STORED.settings, settingsAt: HOUR_LATER });
});

test('what is provisioned stays where it alone cannot be asked for, and goes when it is gone', async () => {
  const asked = (environments: number | undefined) =>
    withSettings(SHOP, STORED, {
      ports: lambdaWith({ settings: async () => ({ timeoutMs: 9_000 }), provisioned: async () => environments }),
      now: HOUR_LATER,
    });

  expect((await asked(undefined)).settings).toEqual({ timeoutMs: 9_000, provisionedConcurrency: 5 });
  expect((await asked(0)).settings).toEqual({ timeoutMs: 9_000 });
});

test('of whom nothing is known yet is asked again with the next minute', async () => {
  const first = await withSettings(SHOP, undefined, {
    ports: lambdaWith({ settings: async () => undefined }),
    now: T0,
  });
  const stored = { ...first, untold: [] };
  const ports = lambdaWith({ settings: async () => ({ timeoutMs: 9_000 }), provisioned: async () => 7 });

  const second = await withSettings(SHOP, stored, { ports, now: T0 + MINUTE_MS });

  expect(second.settings).toEqual({ timeoutMs: 9_000, provisionedConcurrency: 7 });
});

test('a function that moves to another architecture is noted with the time it was read, and stays noted', async () => {
  const readAt = (now: number, architecture: 'x86_64' | 'arm64', stored: StoredPrediction) =>
    withSettings(SHOP, stored, { ports: lambdaWith({ settings: async () => ({ architecture }) }), now });
  const first = await readAt(T0, 'x86_64', { ...STORED, settings: {}, settingsAt: 0 });
  const moved = await readAt(HOUR_LATER, 'arm64', { ...first, untold: [] });
  const later = await readAt(2 * HOUR_LATER - T0, 'arm64', { ...moved, untold: [] });

  expect(first.settings).toEqual({ architecture: 'x86_64' });
  expect(moved.settings).toEqual({ architecture: 'arm64', architectureSince: HOUR_LATER });
  expect(later.settings).toEqual(moved.settings);
});
