import { expect, test } from '@jest/globals';
import { aView } from '../../../test/a-view.ts';
import type { ForecastView } from '../../domain/forecast-view.ts';
import type { ForecastPort } from '../../ports.ts';
import { queryForecasts } from './query-forecasts.ts';

const ACCOUNT = { accountId: '123456789012', region: 'us-east-1' };

const forecastsOf = (views: readonly ForecastView[], capacities = 0): ForecastPort => ({
  accounts: async () => [ACCOUNT],
  views: async () => [...views],
  capacities: async () =>
    Array.from({ length: capacities }, (_, at) => ({
      resource: { ...ACCOUNT, type: 'kinesis-stream' as const, name: `stream-${at}` },
      forecasts: [],
      limits: [],
      scores: [],
    })),
  breaches: async () => [],
});

async function costs(forecasts: ForecastPort, functionName?: string) {
  const answer = await queryForecasts({ kind: 'costs', ...(functionName && { functionName }) }, forecasts);
  if (answer.kind !== 'costs') throw new Error(`asked for costs, answered ${answer.kind}`);
  return answer;
}

const BUSY = { invocations: 1_000_000, busyMinutes: 43_200 };
const lookup = aView('lookup', { stack: 'reservation', watched: BUSY });
const resize = aView('resize', { stack: 'photos', watched: BUSY });
const account = aView(undefined, { watched: { invocations: 2_000_000, busyMinutes: 43_200 } });

test("Lamplighter's own cost is that of every function, and of their account once", async () => {
  const [none, one, both] = await Promise.all(
    [[account], [lookup, account], [lookup, resize, account]].map(async (views) => {
      const { lamplighter } = await costs(forecastsOf(views));
      return lamplighter;
    }),
  );

  expect(none!.monthUsd).toBeGreaterThan(0);
  expect(both!.monthUsd - one!.monthUsd).toBeCloseTo(one!.monthUsd - none!.monthUsd);
  expect(both!.monthUsd).toBeCloseTo(both!.parts.reduce((sum, { usd }) => sum + usd, 0));
});

test("Lamplighter's own cost is the same whichever function is asked about", async () => {
  const forecasts = forecastsOf([lookup, resize, account]);
  const [all, one] = [await costs(forecasts), await costs(forecasts, 'resize')];

  expect(one.lamplighter).toEqual(all.lamplighter);
  expect(one.services).toMatchObject([{ stack: 'photos', functions: 1 }]);
  expect(all.services).toHaveLength(2);
});

test('figures of streams and tables cost their looks in the minutes in which the account works', async () => {
  const part = ({ lamplighter }: Awaited<ReturnType<typeof costs>>) =>
    lamplighter.parts.find(({ name }) => name.startsWith('Capacity'))!.usd;

  expect(part(await costs(forecastsOf([lookup, account])))).toBe(0);
  expect(part(await costs(forecastsOf([lookup, account], 2)))).toBeCloseTo(
    2 * part(await costs(forecastsOf([lookup, account], 1))),
  );
});
