import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTemporaryWorkspace } from '../../../test/temporary-workspace.ts';
import type { Stack } from '../../cloudformation/stack.ts';
import { packageService } from '../../packaging/package-service.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';

let workspace: ReturnType<typeof createTemporaryWorkspace>;
let started: TestSandbox;
let stack: Stack;
let url: string;
beforeAll(async () => {
  workspace = createTemporaryWorkspace('pets');
  const { serviceDir } = workspace;
  const packaged = await packageService({ serviceDir, stage: 'dev', region: 'us-east-1' });
  started = await startTestSandbox();
  stack = await started.sandbox.deploy(packaged.directory);
  url = started.sandbox.reachable(stack.outputs.HttpApiUrl ?? '');
});
afterAll(async () => {
  await started.stop();
  workspace.remove();
});

const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${url.replace(/\/$/, '')}${path}`, init);
  return { status: response.status, headers: response.headers, body: await response.json() };
};

test('the output of the stack is reached on this machine', () => {
  const apiId = stack.resources.HttpApi?.physicalId;
  expect(stack.outputs.HttpApiUrl).toBe(`https://${apiId}.execute-api.us-east-1.amazonaws.com`);
  expect(url).toBe(`${stack.resources.HttpApi?.attributes.ApiEndpoint}/`);
});

test('routes as the service says', async () => {
  expect((await ask('/pets/7')).body).toMatchObject({ routeKey: 'GET /pets/{id}', pathParameters: { id: '7' } });
  expect((await ask('/else', { method: 'DELETE' })).body).toMatchObject({ routeKey: '$default' });
});

test('asks the authorizers of the service', async () => {
  const post = (authorization?: string) =>
    ask('/pets', { method: 'POST', ...(authorization ? { headers: { authorization } } : {}) });

  expect((await post('Bearer open-sesame')).body).toMatchObject({ authorizer: { lambda: { keeper: 'ada' } } });
  expect([(await post('Bearer no')).status, (await post()).status]).toEqual([403, 401]);
  expect((await ask('/me')).status).toBe(401);
  expect((await ask('/admin/users')).status).toBe(403);
});

test('lets browsers in, and logs what was asked', async () => {
  const { headers } = await ask('/pets/1', { headers: { origin: 'https://shop.example.com' } });
  await started.sandbox.idle();
  const logs = started.sandbox.client(CloudWatchLogsClient);
  const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/http-api/pets-dev' }));

  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(JSON.parse(events?.at(-1)?.message ?? '')).toMatchObject({ routeKey: 'GET /pets/{id}', status: '200' });
});

test('a REST API beside it answers under its stage', async () => {
  const rest = started.sandbox.reachable(stack.outputs.ServiceEndpoint ?? '');
  const get = await fetch(`${rest}/partners/7`);
  const preflight = await fetch(`${rest}/partners/7`, { method: 'OPTIONS' });
  const nowhere = await fetch(`${rest}/elsewhere`);

  expect(await get.json()).toEqual({ resource: '/partners/{id}', path: '/partners/7', pathParameters: { id: '7' } });
  expect(get.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([200, 'OPTIONS,GET']);
  expect([nowhere.status, await nowhere.json()]).toEqual([403, { message: 'Missing Authentication Token' }]);
});

test('a REST API asks its authorizer, and for a key of a usage plan', async () => {
  const rest = started.sandbox.reachable(stack.outputs.ServiceEndpoint ?? '');
  const post = async (authorization: string) => {
    const response = await fetch(`${rest}/partners`, { method: 'POST', headers: { authorization } });
    return [response.status, await response.json()];
  };
  const put = async (key: string) =>
    (await fetch(`${rest}/partners`, { method: 'PUT', headers: { 'x-api-key': key } })).status;
  const key = 'partner-key-of-twenty-letters';

  expect(await post('open')).toEqual([200, expect.objectContaining({ principalId: 'ada' })]);
  expect(await post('shut')).toEqual([
    403,
    { Message: 'User is not authorized to access this resource with an explicit deny' },
  ]);
  expect([await put('no key'), await put(key), await put(key), await put(key)]).toEqual([403, 200, 200, 429]);
});

test('a function hears of its bucket and its table', async () => {
  const s3 = started.sandbox.client(S3Client, { forcePathStyle: true });
  await s3.send(new PutObjectCommand({ Bucket: 'pets-dev-inbox', Key: 'a.csv', Body: 'x' }));
  await started.sandbox
    .client(DynamoDBClient)
    .send(new PutItemCommand({ TableName: 'pets-dev', Item: { id: { S: '1' } } }));
  await started.sandbox.idle();
  const { events = [] } = await started.sandbox
    .client(CloudWatchLogsClient)
    .send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/pets-dev-notice', filterPattern: 'HEARD' }));

  expect(events.map(({ message = '' }) => message.slice(message.indexOf('HEARD')).trim()).sort()).toEqual([
    'HEARD aws:dynamodb INSERT',
    'HEARD aws:s3 ObjectCreated:Put',
  ]);
});
