import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import { askService } from './ask-service.ts';

const ASKED = { service: 'prediction', query: 'query-forecasts' };

/** A query function that ends with this, as Lambda tells it. */
const failing = (payload: string) =>
  askService(
    {
      client: {
        send: async () => ({ FunctionError: 'Unhandled', Payload: new TextEncoder().encode(payload) }),
      } as unknown as LambdaClient,
      stage: 'dev',
      name: 'AWS us-east-1',
    },
    ASKED,
    {},
  );

test.each([
  [
    '{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size exceeded"}',
    'Function.ResponseSizeTooLarge: Response payload size exceeded.',
  ],
  ['{"errorMessage":"Task timed out after 29.00 seconds"}', 'failed: Task timed out after 29.00 seconds.'],
  ['not what Lambda says', 'failed: not what Lambda says.'],
  ['null', 'failed: null.'],
])('a service that fails (%s) is told by its code, its reason and where there is more', async (payload, reason) => {
  await expect(failing(payload)).rejects.toMatchObject({
    code: 'service-failed',
    message: expect.stringContaining(reason),
    wayOut: 'Its log group /aws/lambda/lamplighter-prediction-dev-query-forecasts has more.',
  });
});

const refused = (
  error: Error & { code?: string },
  place: { readonly region?: string; readonly localEndpoint?: string } = {},
) => {
  const send = async () => {
    throw error;
  };
  const deployment = { client: { send } as unknown as LambdaClient, stage: 'dev', name: 'there', ...place };
  return askService(deployment, ASKED, {});
};
const ofSdk = (name: string) => Object.assign(new Error('no'), { name, $fault: 'client' as const });
const ofNetwork = (code: string) => Object.assign(new Error('no'), { code });

test.each<[string, Error, string]>([
  ['a throttle', ofSdk('TooManyRequestsException'), 'service-failed'],
  ['a fault of AWS', ofSdk('ServiceException'), 'service-failed'],
  ['what AWS says of something new', ofSdk('SubnetIPAddressLimitReachedException'), 'service-failed'],
  ['a token that has expired', ofSdk('ExpiredToken'), 'no-access'],
  ['an SSO session that has ended', Object.assign(new Error('no'), { name: 'TokenProviderError' }), 'no-access'],
  ['a name that is not resolved now', ofNetwork('EAI_AGAIN'), 'unreachable-endpoint'],
  ['a network that does not answer', ofNetwork('ETIMEDOUT'), 'unreachable-endpoint'],
])('%s is one line with its way out', async (_name, error, code) => {
  await expect(refused(error)).rejects.toMatchObject({ code, wayOut: expect.stringMatching(/\.$/) });
});

test('a region that is none is told as one, and an endpoint that is down as that', async () => {
  await expect(refused(ofNetwork('ENOTFOUND'), { region: 'eu-wset-1' })).rejects.toMatchObject({
    wayOut: expect.stringContaining('Is eu-wset-1 the --region that is meant'),
  });
  await expect(refused(ofNetwork('ECONNREFUSED'))).rejects.toMatchObject({
    wayOut: expect.stringContaining('lamplighter up'),
  });
});

test('without credentials it is told that nothing answers on this machine, where nothing does, and else that there are none', async () => {
  const lacking = Object.assign(new Error('no'), { name: 'CredentialsProviderError' });
  const server = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const localEndpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  await expect(refused(lacking, { localEndpoint })).rejects.toMatchObject({ code: 'no-access' });
  await new Promise((closed) => server.close(closed));
  await expect(refused(lacking, { localEndpoint })).rejects.toMatchObject({
    ...{ code: 'unreachable-endpoint', wayOut: expect.stringContaining('lamplighter up') },
  });
  await expect(refused(lacking)).rejects.toMatchObject({ code: 'no-access' });
});

test('a fault of this program keeps its stack', async () => {
  await expect(refused(new TypeError('x is not a function'))).rejects.toThrow(TypeError);
});
