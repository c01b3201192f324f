import { expect, test } from '@jest/globals';
import { BreachPredicted, type ForecastsQuery } from '@lamplighter/contracts';
import { aGet, answered, fakeDeps } from '../../test/fake-services.ts';
import { answerApi } from './answer-api.ts';

const breach = BreachPredicted.example;
const ofFunction = {
  ...breach,
  breachId: 'timeout/shop-pay/1',
  resource: { ...breach.resource, type: 'lambda-function' as const, name: 'shop-pay' },
};

/** What is told, and which questions that took. */
async function forecastsOf(query: Record<string, string>) {
  const asked: ForecastsQuery[] = [];
  const deps = fakeDeps({
    forecasts: async (question) => {
      asked.push(question);
      if (question.kind === 'breaches') return answered({ kind: 'breaches', breaches: [breach, ofFunction] });
      if (question.kind === 'forecasts') return answered({ kind: 'forecasts', forecasts: [] });
      return answered({ kind: 'invalid-query', reason: 'not played' });
    },
  });
  return { asked, page: JSON.parse((await answerApi(aGet('/api/forecasts', query), deps)).body) };
}

test('of one function only its own limits are told, and nobody is asked what functions use', async () => {
  const { asked, page } = await forecastsOf({ name: 'shop-pay' });

  expect(page).toMatchObject({ breaches: [{ resource: { name: 'shop-pay' } }], capacity: [] });
  expect(asked.map(({ kind }) => kind)).not.toContain('capacity');
  expect(asked).toContainEqual(expect.objectContaining({ kind: 'forecasts', functionName: 'shop-pay' }));
});

test('of everything every limit is told', async () => {
  const { asked, page } = await forecastsOf({});

  expect(page.breaches).toHaveLength(2);
  expect(asked).toContainEqual({ kind: 'capacity' });
});

test('forecasts that fail take no costs and limits with them', async () => {
  const lamplighter = { monthUsd: 3, parts: [] };
  const deps = fakeDeps({
    forecasts: async ({ kind }) => {
      if (kind === 'forecasts') return { kind: 'failed', reason: 'too large' };
      if (kind === 'breaches') return answered({ kind, breaches: [breach] });
      return kind === 'costs' ? answered({ kind, costs: [], lamplighter }) : { kind: 'failed', reason: 'too large' };
    },
  });
  const page = JSON.parse((await answerApi(aGet('/api/forecasts', {}), deps)).body);

  expect(page).toMatchObject({ forecasts: [], breaches: [{}], lamplighter: { monthUsd: 3 } });
  expect(page.unanswered).toEqual(['forecasts', 'scores', 'capacity']);
});

test('where prediction says nothing at all, why is told', async () => {
  const deps = fakeDeps({ forecasts: async () => ({ kind: 'failed', reason: 'down' }) });

  expect((await answerApi(aGet('/api/forecasts', {}), deps)).status).toBe(502);
});

test('a page has the first of many forecasts, and says that there are more', async () => {
  const deps = fakeDeps({
    forecasts: async (question) => {
      if (question.kind !== 'forecasts') return { kind: 'failed', reason: 'not asked here' };
      expect(question.limit).toBe(200);
      return answered({ kind: 'forecasts', forecasts: [], cursor: 'f' });
    },
  });

  expect(JSON.parse((await answerApi(aGet('/api/forecasts', {}), deps)).body)).toMatchObject({
    hasMoreForecasts: true,
  });
});

test('limits that are ahead are asked for by themselves, and stand before those that were withdrawn', async () => {
  const withdrawn = { ...breach, breachId: 'later', change: 'withdrawn' as const };
  const deps = fakeDeps({
    forecasts: async (question) => {
      if (question.kind !== 'breaches') return { kind: 'failed', reason: 'not asked here' };
      return answered({ kind: 'breaches', breaches: question.changes?.includes('predicted') ? [breach] : [withdrawn] });
    },
  });
  const changesOf = ({ breaches }: { breaches: readonly { change: string }[] }) => breaches.map(({ change }) => change);

  const now = JSON.parse((await answerApi(aGet('/api/now'), deps)).body);
  expect(changesOf(now)).toEqual(['predicted']);

  const told = fakeDeps({
    forecasts: async (question) =>
      question.kind === 'forecasts'
        ? answered({ kind: 'forecasts', forecasts: [] })
        : deps.services.forecasts(question),
  });
  expect(changesOf(JSON.parse((await answerApi(aGet('/api/forecasts'), told)).body))).toEqual([
    'predicted',
    'withdrawn',
  ]);
});
