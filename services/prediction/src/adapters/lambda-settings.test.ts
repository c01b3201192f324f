import { LambdaClient, LambdaServiceException } from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import { lambdaSettings } from './lambda-settings.ts';

const OWN = { accountId: '123456789012', region: 'us-east-1' };
const SHOP = { ...OWN, functionName: 'shop' };

function lambdaThat(answer: (command: string) => unknown) {
  const asked: string[] = [];
  const client = Object.assign(new LambdaClient({ region: 'us-east-1' }), {
    send: async (command: { constructor: { name: string } }) => {
      asked.push(command.constructor.name);
      return answer(command.constructor.name);
    },
  });
  return { asked, ports: lambdaSettings(client, OWN) };
}
const failing = (name: string, status: number) =>
  lambdaThat(() => {
    throw new LambdaServiceException({
      name,
      $fault: status < 500 ? 'client' : 'server',
      $metadata: { httpStatusCode: status },
    });
  }).ports;

test('the settings of a function are one request of those that have a quota of their own', async () => {
  const { asked, ports } = lambdaThat(() => ({ Configuration: { Timeout: 3, MemorySize: 512 } }));

  expect(await ports.settings(SHOP)).toEqual({ timeoutMs: 3_000, memoryMb: 512 });
  expect(asked).toEqual(['GetFunctionCommand']);
});

test('of another account nothing is asked', async () => {
  const { asked, ports } = lambdaThat(() => ({}));
  const other = { ...SHOP, accountId: '210987654321' };

  expect([await ports.settings(other), await ports.provisioned(other), await ports.alias(other)]).toEqual([{}, 0, {}]);
  expect(asked).toEqual([]);
});

test.each([
  ['TooManyRequestsException', 429],
  ['ServiceException', 500],
  ['AccessDeniedException', 403],
])('%s says nothing of a function', async (name, status) => {
  const ports = failing(name, status);

  expect(await ports.settings(SHOP)).toBeUndefined();
  expect(await ports.provisioned(SHOP)).toBeUndefined();
  expect(await ports.alias(SHOP)).toBeUndefined();
});

test('a function that is gone has nothing, and what is wrong otherwise is an error', async () => {
  const gone = failing('ResourceNotFoundException', 404);

  expect([await gone.settings(SHOP), await gone.provisioned(SHOP), await gone.alias(SHOP)]).toEqual([{}, 0, {}]);
  await expect(failing('InvalidParameterValueException', 400).settings(SHOP)).rejects.toThrow();
});
