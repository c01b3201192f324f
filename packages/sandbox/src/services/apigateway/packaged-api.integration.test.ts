import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
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
}, 60_000);
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
