import {
  APIGatewayClient,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStageCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client, GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Stack } from '../../../cloudformation/stack.ts';
import type { TemplateResource } from '../../../cloudformation/template.ts';
import { startTestSandbox, type TestSandbox } from '../../../testing/start-test-sandbox.ts';
import { functionResources, templateOf } from '../testing/api-template.ts';

/** Counts its calls, answers with its event, or as it is told. */
const ECHO = `let calls = 0;
exports.handler = async (event) => {
  calls++;
  if (event.headers['x-fail']) throw new Error('no');
  if (event.headers['x-hang']) await new Promise(() => {});
  if (event.headers['x-odd']) return { hello: 'world' };
  if (event.headers['x-image']) return { statusCode: 200, headers: { 'content-type': 'image/png' }, body: 'AP8=', isBase64Encoded: true };
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...event, calls }) };
};`;

const method = (resource: string, HttpMethod: string, more = {}, integration = {}): TemplateResource => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    RestApiId: { Ref: 'Api' },
    ResourceId: resource === '/' ? { 'Fn::GetAtt': ['Api', 'RootResourceId'] } : { Ref: resource },
    HttpMethod,
    AuthorizationType: 'NONE',
    Integration: {
      Type: 'AWS_PROXY',
      IntegrationHttpMethod: 'POST',
      Uri: {
        'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Echo.Arn}/invocations',
      },
      ...integration,
    },
    ...more,
  },
});
const resource = (PathPart: string, parent?: string): TemplateResource => ({
  Type: 'AWS::ApiGateway::Resource',
  Properties: {
    RestApiId: { Ref: 'Api' },
    ParentId: parent ? { Ref: parent } : { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
    PathPart,
  },
});
const METHODS = ['Root', 'GetPets', 'PostPets', 'GetPet', 'Rest'];

const TEMPLATE = templateOf({
  ...functionResources('Echo', ECHO),
  Api: {
    Type: 'AWS::ApiGateway::RestApi',
    Properties: { Name: 'zoo', EndpointConfiguration: { Types: ['REGIONAL'] }, BinaryMediaTypes: ['image/*'] },
  },
  Pets: resource('pets'),
  Pet: resource('{id}', 'Pets'),
  All: resource('{proxy+}', 'Pet'),
  Validator: {
    Type: 'AWS::ApiGateway::RequestValidator',
    Properties: { RestApiId: { Ref: 'Api' }, Name: 'parameters', ValidateRequestParameters: true },
  },
  Root: method('/', 'GET', { AuthorizationType: 'AWS_IAM' }),
  GetPets: method('Pets', 'GET', {}, { CacheKeyParameters: ['method.request.querystring.page'] }),
  PostPets: method('Pets', 'POST', {
    RequestValidatorId: { Ref: 'Validator' },
    RequestParameters: { 'method.request.querystring.kind': true, 'method.request.header.X-Free': false },
  }),
  GetPet: method('Pet', 'GET'),
  Rest: method('All', 'ANY'),
  Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } }, DependsOn: METHODS },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      RestApiId: { Ref: 'Api' },
      StageName: 'live',
      DeploymentId: { Ref: 'Deployment' },
      Variables: { colour: 'blue' },
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 }],
    },
  },
});

let started: TestSandbox;
let stack: Stack;
let url: string;
let client: APIGatewayClient;
beforeAll(async () => {
  started = await startTestSandbox({ services: ['lambda', 'logs', 'cloudwatch', 'events', 'apigateway'] });
  stack = await started.sandbox.deployTemplate({ template: TEMPLATE, stackName: 'zoo' });
  const apiId = stack.resources.Api?.physicalId;
  url = started.sandbox.reachable(`https://${apiId}.execute-api.us-east-1.amazonaws.com/live`);
  client = started.sandbox.client(APIGatewayClient);
});
afterAll(() => started.stop());

/** The event that the function got, and how often it had been called. */
const ask = async (path: string, init?: RequestInit) =>
  (await (await fetch(`${url}${path}`, init)).json()) as APIGatewayProxyEvent & { readonly calls: number };
const answer = async (path: string, init?: RequestInit) => {
  const response = await fetch(`${url}${path}`, init);
  return [response.status, await response.json()];
};

describe('the event', () => {
  test('has the form of REST APIs', async () => {
    const event = await ask('/pets/7?x=1&x=2', { headers: { 'x-token': 'T' } });

    expect(event).not.toHaveProperty('version');
    expect(event).toMatchObject({
      resource: '/pets/{id}',
      path: '/pets/7',
      httpMethod: 'GET',
      pathParameters: { id: '7' },
      queryStringParameters: { x: '2' },
      multiValueQueryStringParameters: { x: ['1', '2'] },
      stageVariables: { colour: 'blue' },
      body: null,
      isBase64Encoded: false,
      requestContext: {
        resourceId: stack.resources.Pet?.physicalId,
        resourcePath: '/pets/{id}',
        path: '/live/pets/7',
        stage: 'live',
        httpMethod: 'GET',
        identity: { sourceIp: '127.0.0.1' },
      },
    });
  });

  test('has binary bodies in base64, where the API says what is binary', async () => {
    const post = (type: string) =>
      ask('/pets?kind=cat', { method: 'POST', headers: { 'content-type': type }, body: new Uint8Array([104, 105]) });

    expect([(await post('image/png')).body, (await post('application/octet-stream')).body]).toEqual(['aGk=', 'hi']);
  });
});

test('a binary body is decoded for callers that accept a binary type of the API', async () => {
  const image = (accept: string) => fetch(`${url}/pets`, { headers: { 'x-image': '1', accept } });

  expect([...new Uint8Array(await (await image('image/png')).arrayBuffer())]).toEqual([0, 255]);
  expect(await (await image('*/*')).text()).toBe('AP8=');
});

describe('errors', () => {
  test('read as those of REST APIs', async () => {
    expect(await answer('/birds')).toEqual([403, { message: 'Missing Authentication Token' }]);
    expect(await answer('/pets', { method: 'DELETE' })).toEqual([403, { message: 'Missing Authentication Token' }]);
    expect(await answer('/pets', { method: 'POST' })).toEqual([
      400,
      { message: 'Missing required request parameters: [kind]' },
    ]);
    expect(await answer('/pets', { headers: { 'x-fail': '1' } })).toEqual([502, { message: 'Internal server error' }]);
    expect(await answer('/pets', { headers: { 'x-odd': '1' } })).toEqual([502, { message: 'Internal server error' }]);
    expect(await answer('')).toEqual([403, { Message: 'Missing Authentication Token' }]);
    const elsewhere = await fetch(url.replace('/live', '/nowhere/pets'));
    expect([elsewhere.status, await elsewhere.json()]).toEqual([403, { message: 'Forbidden' }]);
  });

  test('an integration that does not answer is a 504 after 29 seconds of the clock', async () => {
    let response: Response | undefined;
    void fetch(`${url}/pets/7`, { headers: { 'x-hang': '1' } }).then((answered) => {
      response = answered;
    });
    while (!response) {
      await started.clock.advance(10_000, { whileBusy: true });
      await new Promise((resolve) => setImmediate(resolve));
    }

    expect([response.status, await response.json()]).toEqual([504, { message: 'Endpoint request timed out' }]);
  });
});

describe('UpdateStage', () => {
  const restApiId = () => stack.resources.Api?.physicalId;
  const patch = (operations: Record<string, string>) =>
    client.send(
      new UpdateStageCommand({
        restApiId: restApiId(),
        stageName: 'live',
        patchOperations: Object.entries(operations).map(([path, value]) => ({ op: 'replace', path, value })),
      }),
    );

  test('throttles every method, or one', async () => {
    await patch({ '/~1pets~1{id}/GET/throttling/rateLimit': '1', '/~1pets~1{id}/GET/throttling/burstLimit': '1' });
    const one = [(await fetch(`${url}/pets/7`)).status, (await fetch(`${url}/pets/7`)).status];
    await patch({ '/*/*/throttling/rateLimit': '0', '/*/*/throttling/burstLimit': '0' });
    const all = await answer('/pets');
    await patch({ '/*/*/throttling/rateLimit': '100', '/*/*/throttling/burstLimit': '50' });
    const read = await client.send(new GetStageCommand({ restApiId: restApiId(), stageName: 'live' }));

    expect(one).toEqual([200, 429]);
    expect(all).toEqual([429, { message: 'Too Many Requests' }]);
    expect(read.methodSettings?.['*/*']).toMatchObject({ throttlingRateLimit: 100, throttlingBurstLimit: 50 });
    expect(read.methodSettings?.['pets/{id}/GET']).toMatchObject({ throttlingRateLimit: 1, throttlingBurstLimit: 1 });
  });

  test('caches answers by path and cache keys until their time is over', async () => {
    await started.clock.advance(10_000);
    await patch({ '/cacheClusterEnabled': 'true', '/*/*/caching/enabled': 'true', '/*/*/caching/ttlInSeconds': '60' });
    const calls = async (page: string) => (await ask(`/pets?page=${page}`)).calls;
    const first = await calls('1');

    expect([await calls('1'), await calls('2'), await calls('1')]).toEqual([first, first + 1, first]);
    await started.clock.advance(60_000);
    expect(await calls('1')).toBe(first + 2);
    const { Datapoints } = await started.sandbox.client(CloudWatchClient).send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/ApiGateway',
        MetricName: 'CacheHitCount',
        Dimensions: [{ Name: 'ApiName', Value: 'zoo' }],
        StartTime: new Date(Date.UTC(2026, 0, 1)),
        EndTime: new Date(Date.UTC(2026, 0, 2)),
        Period: 86_400,
        Statistics: ['Sum'],
      }),
    );
    expect(Datapoints?.[0]?.Sum).toBe(2);
  });

  test('refuses a patch that is not emulated, by its path', async () => {
    await expect(patch({ '/*/*/logging/loglevel': 'INFO' })).rejects.toThrow('/*/*/logging/loglevel');
  });
});

test('the two management APIs know their own kind', async () => {
  const { items } = await client.send(new GetRestApisCommand({}));
  const { Items } = await started.sandbox.client(ApiGatewayV2Client).send(new GetApisCommand({}));
  const resources = await client.send(new GetResourcesCommand({ restApiId: stack.resources.Api?.physicalId }));

  expect(items?.map(({ name }) => name)).toEqual(['zoo']);
  expect(Items).toEqual([]);
  expect(resources.items?.map(({ path }) => path)).toEqual(['/', '/pets', '/pets/{id}', '/pets/{id}/{proxy+}']);
});

test.each([
  [
    'VTL templates',
    method('/', 'GET', {}, { Type: 'MOCK', RequestTemplates: { 'application/json': '#if(1)' } }),
    '#if(1)',
  ],
  ['AWS integrations', method('/', 'GET', {}, { Type: 'AWS' }), 'Integration Type AWS'],
  ['Cognito', method('/', 'GET', { AuthorizationType: 'COGNITO_USER_POOLS' }), 'COGNITO_USER_POOLS'],
])('%s are refused by name', async (_, Method, reason) => {
  const { Echo, EchoRole, Api } = TEMPLATE.Resources ?? {};
  const template = templateOf({ Echo: Echo!, EchoRole: EchoRole!, Api: Api!, Method });

  await expect(started.sandbox.deployTemplate({ template, stackName: 'refused' })).rejects.toThrow(reason);
});
