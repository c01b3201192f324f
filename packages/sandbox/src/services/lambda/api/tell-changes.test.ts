import { expect, test } from '@jest/globals';
import { json, type RestOperation } from '../../../core/protocols/rest-operation.ts';
import type { Caller, ServiceContext } from '../../../core/service.ts';
import { tellingChanges } from './tell-changes.ts';

const OPERATION: RestOperation = {
  method: 'PUT',
  route: '/{FunctionName}',
  permissions: () => [],
  handle: () => json({ FunctionName: 'lamp', Environment: { Variables: { SECRET: 'x' } } }),
};
const refused: RestOperation = {
  ...OPERATION,
  handle: () => {
    throw new Error('no');
  },
};
const request = (body: object) =>
  ({
    input: { path: { FunctionName: 'lamp' }, query: new URLSearchParams(), body },
    wire: {},
    caller: { arn: 'arn:aws:iam::1:user/a', accessKeyId: 'A' } as Caller,
  }) as unknown as Parameters<RestOperation['handle']>[0];

test('a change that succeeded is told as CloudTrail tells it: without code, and without a word of the environment', async () => {
  const told: { source: string; detail: unknown }[] = [];
  const events = { emit: (event: { source: string; detail: unknown }) => void told.push(event) };
  const clock = { now: () => Date.UTC(2026, 0, 1) };
  const context = { clock, accountId: '1', region: 'r', peers: { events } } as unknown as ServiceContext;
  const operations = tellingChanges(
    { UpdateFunctionConfiguration: OPERATION, UpdateFunctionCode: refused, GetFunction: OPERATION },
    context,
  );

  await operations.UpdateFunctionConfiguration!.handle(request({ Environment: { Variables: { SECRET: 'x' } } }));
  await operations.GetFunction!.handle(request({}));
  await expect((async () => operations.UpdateFunctionCode!.handle(request({ ZipFile: 'code' })))()).rejects.toThrow(
    'no',
  );

  expect(told).toMatchObject([
    {
      source: 'aws.lambda',
      detail: {
        eventName: 'UpdateFunctionConfiguration20150331v2',
        requestParameters: { functionName: 'lamp', environment: {} },
        responseElements: { functionName: 'lamp', environment: {} },
      },
    },
  ]);
  expect(JSON.stringify(told)).not.toContain('SECRET');
});
