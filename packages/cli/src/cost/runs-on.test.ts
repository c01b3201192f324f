import type { LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import { runsOn } from './runs-on.ts';

const cost = {
  ...{ at: 2, lastHourUsd: 0, todaySoFarUsd: 0, todayUsd: 0, monthSoFarUsd: 0, monthUsd: 0 },
  ...{ monthLowerUsd: 0, monthUpperUsd: 0, basis: 'run-rate', knownFrom: 1 },
};
const resource = { accountId: '1', region: 'eu-west-1', type: 'lambda-function', name: 'pay' };

function deployment(send: () => Promise<unknown>) {
  return { client: { send } as unknown as LambdaClient, stage: 'dev', name: 'AWS eu-west-1' };
}

const answering = (answer: unknown) => deployment(async () => ({ Payload: Buffer.from(JSON.stringify(answer)) }));

test('what a function runs on is what the prediction service tells of it', async () => {
  const costs = [{ resource, cost, architecture: 'arm64', architectureSince: 7 }];
  const place = answering({ kind: 'costs', costs, lamplighter: { monthUsd: 1, parts: [] } });

  expect(await runsOn(place, { functionName: 'pay' })).toEqual({ architecture: 'arm64', architectureSince: 7 });
  expect(await runsOn(place, { functionName: 'book' })).toEqual({});
});

test('where the prediction service is not deployed, or answers something else, it is not known', async () => {
  const absent = deployment(() => Promise.reject(Object.assign(new Error(), { name: 'ResourceNotFoundException' })));

  expect(await runsOn(absent, { functionName: 'pay' })).toEqual({});
  expect(await runsOn(answering({ kind: 'invalid-query', reason: 'no' }), { functionName: 'pay' })).toEqual({});
});

test('a fault of this program is not taken for that', async () => {
  const broken = deployment(() => Promise.reject(new TypeError('not a function')));

  await expect(runsOn(broken, { functionName: 'pay' })).rejects.toThrow(TypeError);
});
