import type { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import type { ForecastsQuery } from '@lamplighter/contracts';
import { foreseenOfDeployment } from './foreseen-of-deployment.ts';

const cost = {
  ...{ at: 2, lastHourUsd: 0, todaySoFarUsd: 0, todayUsd: 0, monthSoFarUsd: 0, monthUsd: 0 },
  ...{ monthLowerUsd: 0, monthUpperUsd: 0, basis: 'run-rate', knownFrom: 1 },
};

/** A prediction service that answers with one function at a time. */
function deployment(...names: readonly string[]) {
  const send = async ({ input }: InvokeCommand) => {
    const { kind, cursor } = JSON.parse(String(input.Payload)) as ForecastsQuery & { readonly cursor?: string };
    const at = cursor === undefined ? 0 : names.indexOf(cursor) + 1;
    const resource = { accountId: '1', region: 'r', type: 'lambda-function', name: names[at] };
    const more = at < names.length - 1 ? { cursor: names[at] } : {};
    const answer = {
      forecasts: { kind, forecasts: [{ resource, forecasts: [], cost, limits: [] }], ...more },
      scores: { kind, scores: [{ resource, metric: 'duration', days: [], ways: [] }], ...more },
      capacity: { kind, resources: [] },
    }[kind as 'forecasts' | 'scores' | 'capacity'];
    return { Payload: new TextEncoder().encode(JSON.stringify(answer)) };
  };
  return { client: { send } as unknown as LambdaClient, stage: 'dev', name: 'AWS r' };
}

test('every page is read, and said while there are more', async () => {
  const said: string[] = [];
  const { forecasts, scores } = await foreseenOfDeployment(deployment('a', 'b', 'c'), undefined, {
    update: (text) => void said.push(text),
  });

  expect(forecasts.map(({ resource }) => resource.name)).toEqual(['a', 'b', 'c']);
  expect(scores.map(({ resource }) => resource.name)).toEqual(['a', 'b', 'c']);
  expect(said.slice(0, 2)).toEqual(['reading forecasts, 1 page so far', 'reading forecasts, 2 pages so far']);
});

test('what fits one page says nothing', async () => {
  const said: string[] = [];
  await foreseenOfDeployment(deployment('a'), undefined, { update: (text) => void said.push(text) });

  expect(said).toEqual([]);
});
