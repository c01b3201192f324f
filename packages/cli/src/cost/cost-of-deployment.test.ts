import type { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import type { ForecastsQuery } from '@lamplighter/contracts';
import { costOfDeployment } from './cost-of-deployment.ts';

const cost = {
  ...{ at: 2, lastHourUsd: 0, todaySoFarUsd: 0, todayUsd: 0, monthSoFarUsd: 0, monthUsd: 0 },
  ...{ monthLowerUsd: 0, monthUpperUsd: 0, basis: 'run-rate', knownFrom: 1 },
};

/** A prediction service that knows the costs of these functions. */
function deployment(...names: readonly string[]) {
  const send = async ({ input }: InvokeCommand) => {
    const { functionName } = JSON.parse(String(input.Payload)) as ForecastsQuery & { readonly functionName?: string };
    const costs = names
      .filter((name) => functionName === undefined || functionName === name)
      .map((name) => ({
        resource: { accountId: '123456789012', region: 'eu-west-1', type: 'lambda-function', name },
        cost,
      }));
    const answer = { kind: 'costs', costs, lamplighter: { monthUsd: 1, parts: [] } };
    return { Payload: Buffer.from(JSON.stringify(answer)) };
  };
  return { client: { send } as unknown as LambdaClient, stage: 'dev', name: 'AWS eu-west-1' };
}

test('whoever asks a deployment for a function that it does not know hears which it knows', async () => {
  const place = deployment('pay', 'book');

  expect((await costOfDeployment(place, 'pay')).costs).toHaveLength(1);
  await expect(costOfDeployment(place, 'pey')).rejects.toMatchObject({
    code: 'unknown-function',
    message: 'There is no function pey in AWS eu-west-1.',
    wayOut: 'Functions there: book, pay.',
  });
});

test('of a deployment that knows no function yet nothing is told', async () => {
  expect((await costOfDeployment(deployment(), 'pay')).costs).toEqual([]);
});
