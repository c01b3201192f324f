import { expect, test } from '@jest/globals';
import { BreachPredicted, ForecastPublished, type ForecastScores } from '@lamplighter/contracts';
import { aCost, aView } from '../../../test/a-view.ts';
import type { ForecastView } from '../../domain/forecast-view.ts';
import type { ForecastPort } from '../../ports.ts';
import { queryForecasts } from './query-forecasts.ts';

const ACCOUNT = { accountId: '123456789012', region: 'us-east-1' };

const scoresOf = (resource: ForecastView['resource'], metrics: readonly ForecastScores['metric'][]): ForecastScores[] =>
  metrics.map((metric) => ({
    resource,
    metric,
    days: [],
    ways: [{ name: 'naive', points: 12, ratioToNaive: 1, isUsed: true }],
  }));

const forecastsOf = (views: readonly ForecastView[], capacities = 0): ForecastPort => ({
  accounts: async () => [ACCOUNT],
  views: async () => [...views],
  capacities: async () =>
    Array.from({ length: capacities }, (_, at) => ({
      resource: { ...ACCOUNT, type: 'kinesis-stream' as const, name: `stream-${at}` },
      forecasts: [],
      limits: [],
      scores: scoresOf({ ...ACCOUNT, type: 'kinesis-stream', name: `stream-${at}` }, ['incoming-bytes']),
    })),
  breaches: async () => [],
});

async function costs(forecasts: ForecastPort, functionName?: string) {
  const answer = await queryForecasts(
    { kind: 'costs', ...(functionName && { functionName }) },
    { forecasts, now: () => 0 },
  );
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

test('a function that was last called in another month adds nothing to this one', async () => {
  const now = Date.UTC(2026, 11, 5);
  const old = { ...aCost(30), at: Date.UTC(2026, 10, 20) };
  const views = [
    aView('lookup', { stack: 'reservation', cost: old, watched: BUSY }),
    aView('resize', { cost: aCost(1) }),
  ];

  const answer = await queryForecasts({ kind: 'costs' }, { forecasts: forecastsOf(views), now: () => now });

  expect(answer).toMatchObject({
    costs: [{ cost: { todayUsd: 0, monthSoFarUsd: 0, monthUsd: 0 } }, {}],
    services: [{ monthUsd: 0, monthUpperUsd: 0 }],
    lamplighter: { monthUsd: 0 },
  });
});

test('costs tell what each function is priced for, and the account is the sum of its functions', async () => {
  const views = [
    { ...aView('lookup', { cost: aCost(10) }), architecture: 'arm64' as const, architectureSince: 5 },
    aView('resize', { cost: aCost(30) }),
    aView(undefined, { cost: aCost(7) }),
  ];

  const { costs: told } = await costs(forecastsOf(views));

  expect(
    told.map(({ cost: { monthUsd }, architecture, architectureSince: since }) => [monthUsd, architecture, since]),
  ).toEqual([
    [10, 'arm64', 5],
    [30, undefined, undefined],
    [40, undefined, undefined],
  ]);
});

test('breaches of several accounts are the newest of all', async () => {
  const told = (since: number, region: string) => ({
    ...BreachPredicted.example,
    breachId: `budget/123456789012/${region}/123456789012/${since}`,
  });
  const forecasts: ForecastPort = {
    ...forecastsOf([]),
    accounts: async () => [ACCOUNT, { ...ACCOUNT, region: 'eu-central-1' }],
    breaches: async ({ region }) => [
      told(region === 'us-east-1' ? 3 : 4, region),
      told(region === 'us-east-1' ? 1 : 2, region),
    ],
  };

  const answer = await queryForecasts({ kind: 'breaches', limit: 3 }, { forecasts, now: () => 0 });

  expect(answer).toMatchObject({
    breaches: [4, 3, 2].map((since) => ({ breachId: expect.stringMatching(`/${since}$`) })),
  });
});

test('figures of streams and tables cost their looks in the minutes in which the account works', async () => {
  const part = ({ lamplighter }: Awaited<ReturnType<typeof costs>>) =>
    lamplighter.parts.find(({ name }) => name.startsWith('Capacity'))!.usd;

  expect(part(await costs(forecastsOf([lookup, account])))).toBe(0);
  expect(part(await costs(forecastsOf([lookup, account], 2)))).toBeCloseTo(
    2 * part(await costs(forecastsOf([lookup, account], 1))),
  );
});

test('figures cost their looks in their own account, however many others are watched', async () => {
  const far = { accountId: '210987654321', region: 'us-east-1' };
  const own = forecastsOf([lookup, account], 3);
  const two: ForecastPort = {
    ...own,
    accounts: async () => [ACCOUNT, far],
    views: async ({ accountId }) =>
      accountId === far.accountId ? [aView(undefined, { ...far, watched: BUSY })] : own.views(ACCOUNT),
    capacities: async ({ accountId }) => (accountId === far.accountId ? [] : own.capacities(ACCOUNT)),
  };
  const looks = ({ lamplighter }: Awaited<ReturnType<typeof costs>>) =>
    lamplighter.parts.find(({ name }) => name.startsWith('Capacity'))!.usd;

  expect(looks(await costs(two))).toBe(looks(await costs(own)));
});

test('forecasts come page by page, without what other questions answer', async () => {
  const forecasts = forecastsOf([resize, account, lookup]);
  const ask = async (cursor?: string) => {
    const answer = await queryForecasts({ kind: 'forecasts', limit: 2, cursor }, { forecasts, now: () => 0 });
    if (answer.kind !== 'forecasts') throw new Error(`answered ${answer.kind}`);
    return answer;
  };
  const first = await ask();
  const second = await ask(first.cursor);

  expect(first.forecasts.map(({ resource }) => resource.name)).toEqual(['123456789012', 'lookup']);
  expect(second).toMatchObject({ forecasts: [{ resource: { name: 'resize' } }] });
  expect(second.cursor).toBeUndefined();
  expect(Object.keys(first.forecasts[1]!).sort()).toEqual(['cost', 'forecasts', 'limits', 'resource']);
});

test('more functions than an answer can hold are answered in several', async () => {
  const wide = { ...ForecastPublished.example, forecastId: 'x'.repeat(3_000) };
  const many = Array.from({ length: 2_500 }, (_, at) => ({ ...aView(`function-${at}`), forecasts: [wide] }));

  const answer = await queryForecasts({ kind: 'forecasts' }, { forecasts: forecastsOf(many), now: () => 0 });

  expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(6_000_000);
  expect(answer).toHaveProperty('cursor');
});

test('the first scores are of the first functions, however many streams there are', async () => {
  const views = ['lookup', 'resize'].map((name) => {
    const view = aView(name);
    return { ...view, scores: scoresOf(view.resource, ['concurrency', 'invocations', 'duration']) };
  });
  const ask = async (query: object) => {
    const answer = await queryForecasts(
      { kind: 'scores', limit: 6, ...query },
      { forecasts: forecastsOf(views, 50), now: () => 0 },
    );
    if (answer.kind !== 'scores') throw new Error(`asked for scores, answered ${answer.kind}`);
    return { names: answer.scores.map(({ resource }) => resource.name), cursor: answer.cursor };
  };

  const { names, cursor } = await ask({});

  expect(names).toEqual(['lookup', 'lookup', 'lookup', 'resize', 'resize', 'resize']);
  expect((await ask({ cursor })).names.slice(0, 2)).toEqual(['stream-0', 'stream-1']);
});

/** Longest names: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html, https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
const [LONGEST_FUNCTION, LONGEST_STACK] = [64, 128];

test('the costs of a thousand functions of the longest names, each a stack of its own, are below 1 MB of the 6 that an answer of Lambda holds', async () => {
  const views = Array.from({ length: 1_000 }, (_, at) => {
    const dear = Object.fromEntries(
      Object.entries(aCost(1)).map(([key, value]) => [key, key.endsWith('Usd') ? (at + 1) / 3e6 : value]),
    );
    const name = `${at}`.padStart(LONGEST_FUNCTION, 'f');
    return aView(name, { stack: `${at}`.padStart(LONGEST_STACK, 's'), watched: BUSY, cost: { ...aCost(1), ...dear } });
  });

  expect(Buffer.byteLength(JSON.stringify(await costs(forecastsOf(views))))).toBeLessThan(1_000_000);
});
