import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  ForecastPublished,
  type ForecastsAnswer,
  type ForecastsQuery,
  type WatchedResource,
} from '@lamplighter/contracts';
import type { Page } from 'playwright-core';
import { DESKTOP, goTo, openPage } from './browser.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { answered } from './fake-services.ts';
import { startPlayedConsole } from './played-console.ts';

const aResource = (type: WatchedResource['type'], name: string): WatchedResource => ({
  accountId: '123456789012',
  region: 'eu-west-1',
  type,
  name,
});
const functions = Array.from({ length: 12 }, (_, at) => aResource('lambda-function', `shop-${at}`));
const tables = ['orders', 'rooms', 'guests'].map((name) => aResource('dynamodb-table', name));
const foreseen = (resource: WatchedResource) => ({
  resource,
  forecasts: [{ ...ForecastPublished.example, resource }],
  limits: [],
});
const cost = {
  ...{ at: 0, lastHourUsd: 0, todaySoFarUsd: 0, todayUsd: 0, monthSoFarUsd: 0, knownFrom: 0 },
  ...{ monthUsd: 3, monthLowerUsd: 2, monthUpperUsd: 4, basis: 'forecast' as const },
};

function answerOf(query: ForecastsQuery): ForecastsAnswer {
  if (query.kind === 'capacity') return { kind: 'capacity', resources: tables.map(foreseen) };
  if (query.kind !== 'forecasts') return { kind: 'invalid-query', reason: 'not played' };
  const wanted = functions.filter(({ name }) => query.functionName === undefined || name === query.functionName);
  return {
    kind: 'forecasts',
    ...(query.functionName === undefined && { cursor: 'next' }),
    forecasts: wanted.map((resource) => ({ ...foreseen(resource), cost })),
  };
}

describeInBrowser('forecasts', (browser) => {
  let served: Awaited<ReturnType<typeof startPlayedConsole>>;
  let page: Page;

  beforeAll(async () => {
    served = await startPlayedConsole({
      forecasts: async (query) => answered(answerOf(query)),
      audit: async () => answered({ kind: 'windows', windows: [] }),
    });
    ({ page } = await openPage(browser(), `${served.url}#/forecasts`, DESKTOP));
  });
  afterAll(() => served?.stop());

  test('of many functions the first are shown, with a way to the others, and what functions use is never left out', async () => {
    await page.locator('h3', { hasText: 'guests' }).waitFor();
    expect(await page.locator('h3').count()).toBe(10 + tables.length);
    await page.getByText('the first 10 of 12+').waitFor();

    await page.getByText('did not tell: limits, costs, how good the forecasts were').waitFor();
    await page.getByText('There are more than these').waitFor();
    await page.getByRole('button', { name: 'Show the next 2' }).click();

    await page.locator('h3', { hasText: 'shop-11' }).waitFor();
    expect(await page.getByText('the first 10').count()).toBe(0);
  });

  test("a function's page shows its own forecast", async () => {
    await goTo(page, '#/function?name=shop-11');
    await page.locator('figcaption', { hasText: 'forecast' }).first().waitFor();
    expect(await page.locator('figcaption').filter({ hasText: 'forecast' }).count()).toBe(1);
  });
});
