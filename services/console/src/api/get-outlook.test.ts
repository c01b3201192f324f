import { expect, test } from '@jest/globals';
import {
  type CostForecast,
  ForecastPublished,
  type ForecastsQuery,
  type ResourceForecast,
} from '@lamplighter/contracts';
import { aGet, answered, fakeDeps } from '../../test/fake-services.ts';
import { answerApi } from './answer-api.ts';

const forecast = { ...ForecastPublished.example, metric: 'invocations', unit: 'calls' };
const cost: CostForecast = {
  ...{ at: 0, lastHourUsd: 0, todaySoFarUsd: 0, todayUsd: 0, monthSoFarUsd: 0, monthUsd: 0 },
  ...{ monthLowerUsd: 0, monthUpperUsd: 0, basis: 'forecast', knownFrom: 0 },
};
const of = (type: 'account' | 'lambda-function'): ResourceForecast => {
  const resource = { ...forecast.resource, type };
  return { resource, forecasts: [ForecastPublished.example, { ...forecast, resource }], cost, limits: [] };
};

async function outlookOf(forecasts: ResourceForecast[]) {
  const asked: ForecastsQuery[] = [];
  const deps = fakeDeps({
    forecasts: async (query) => {
      asked.push(query);
      return answered({ kind: 'forecasts', forecasts });
    },
  });
  return { asked, ...JSON.parse((await answerApi(aGet('/api/outlook'), deps)).body) };
}

test('the calls of the account are told with their band and score, by one small question', async () => {
  const { asked, outlook } = await outlookOf([of('account')]);

  expect(asked).toEqual([{ kind: 'forecasts', limit: 1 }]);
  expect(outlook).toMatchObject({
    metric: 'invocations',
    mean: forecast.mean,
    band: { levelPct: 95, upper: [16, 19] },
    score: { wape: 0.11 },
  });
});

test('where no account is forecast nothing is told of a function instead', async () => {
  expect((await outlookOf([of('lambda-function')])).outlook).toBeNull();
  expect((await outlookOf([])).outlook).toBeNull();
});

test('a prediction service that fails is a problem', async () => {
  const deps = fakeDeps({ forecasts: async () => ({ kind: 'failed', reason: 'down' }) });
  expect((await answerApi(aGet('/api/outlook'), deps)).status).toBe(502);
});
