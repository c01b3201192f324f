import { expect, test } from '@jest/globals';
import { BreachPredicted, type ForecastsQuery } from '@lamplighter/contracts';
import { aGet, answered, fakeDeps } from '../../test/fake-services.ts';
import { answerApi } from './answer-api.ts';

const breach = BreachPredicted.example;
const ofFunction = { ...breach, resource: { ...breach.resource, type: 'lambda-function' as const, name: 'shop-pay' } };

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
  expect(asked).toContainEqual({ kind: 'forecasts', functionName: 'shop-pay' });
});

test('of everything every limit is told', async () => {
  const { asked, page } = await forecastsOf({});

  expect(page.breaches).toHaveLength(2);
  expect(asked).toContainEqual({ kind: 'capacity' });
});
