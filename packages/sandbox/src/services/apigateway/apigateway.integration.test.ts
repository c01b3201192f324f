import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ApiGatewayV2Client,
  GetApiCommand,
  GetApisCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStageCommand,
  GetStagesCommand,
  UpdateIntegrationCommand,
  UpdateRouteCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Stack } from '../../cloudformation/stack.ts';
import type { TemplateResource } from '../../cloudformation/template.ts';
import type { FaultEffect } from '../../core/faults/fault.ts';
import { clientOfRole } from '../../testing/client-of-role.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';
import { api, functionResources, integration, route, stage, templateOf } from './testing/api-template.ts';

/** Answers with its event, or as the body of the request says. */
const ECHO = `exports.handler = async (event) => {
  const body = event.body && (event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body);
  if (event.headers['x-fail']) throw new Error(event.headers['x-fail']);
  if (event.headers['x-hang']) await new Promise(() => {});
  if (event.headers['x-answer']) return JSON.parse(body);
  return event;
};`;

const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  requestTime: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  length: '$context.responseLength',
  error: '$context.error.message',
  integration: '$context.integrationStatus',
  unknown: '$context.nothing.here',
});

const TEMPLATE = templateOf({
  ...functionResources('Echo', ECHO),
  Api: api({
    CorsConfiguration: {
      AllowOrigins: ['https://*.example.com', 'http://localhost:3000'],
      AllowMethods: ['GET', 'POST'],
      AllowHeaders: ['content-type', 'x-token'],
      ExposeHeaders: ['x-total'],
      AllowCredentials: true,
      MaxAge: 600,
    },
  }),
  AccessLogs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/http-api/pets' } },
  Default: stage({
    AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': ['AccessLogs', 'Arn'] }, Format: ACCESS_LOG },
    StageVariables: { colour: 'blue' },
  }),
  Beta: stage({ StageName: 'beta' }),
  ToEcho: integration('Echo'),
  ToEchoV1: integration('Echo', { PayloadFormatVersion: '1.0' }),
  GetPet: route('GET /pets/{id}', 'ToEcho'),
  GetDog: route('GET /pets/dog', 'ToEcho'),
  AnyPets: route('ANY /pets/{proxy+}', 'ToEcho'),
  Post: route('POST /pets', 'ToEcho'),
  Old: route('ANY /old/{id}', 'ToEchoV1'),
  Slow: route('GET /slow', 'ToEcho'),
});

let started: TestSandbox;
let stack: Stack;
let url: string;
let client: ApiGatewayV2Client;
beforeAll(async () => {
  started = await startTestSandbox({ services: ['lambda', 'logs', 'cloudwatch', 'events', 'apigateway'] });
  stack = await started.sandbox.deployTemplate({ template: TEMPLATE, stackName: 'pets' });
  url = stack.resources.Api?.attributes.ApiEndpoint ?? '';
  client = started.sandbox.client(ApiGatewayV2Client);
});
afterAll(() => started.stop());

// biome-ignore lint/suspicious/noExplicitAny: whatever the function answered
type Json = any;
const ask = async (path: string, init?: RequestInit): Promise<Json> => (await fetch(`${url}${path}`, init)).json();
const answering = (answer: unknown, path = '/pets') =>
  fetch(`${url}${path}`, { method: 'POST', headers: { 'x-answer': '1' }, body: JSON.stringify(answer) });

describe('the event', () => {
  test('has format 2.0 with decoded path, joined query, cookies and stage variables', async () => {
    const event = await ask('/pets/a%20b?x=1&x=2&y=%26', { headers: { Cookie: 'a=1; b=2', 'X-Token': 'T' } });

    const apiId = stack.resources.Api?.physicalId;
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /pets/{id}',
      rawPath: '/pets/a b',
      rawQueryString: 'x=1&x=2&y=%26',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { x: '1,2', y: '&' },
      pathParameters: { id: 'a b' },
      stageVariables: { colour: 'blue' },
      isBase64Encoded: false,
      requestContext: {
        accountId: '123456789012',
        apiId,
        domainName: `${apiId}.execute-api.us-east-1.amazonaws.com`,
        domainPrefix: apiId,
        http: { method: 'GET', path: '/pets/a b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        routeKey: 'GET /pets/{id}',
        stage: '$default',
        time: '01/Jan/2026:00:00:00 +0000',
        timeEpoch: Date.UTC(2026, 0, 1),
      },
    });
    expect(event.headers).toMatchObject({
      'x-token': 'T',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
    });
    expect(event.headers.cookie).toBeUndefined();
    expect(event.headers['x-amzn-trace-id']).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  });

  test('has a JSON body as text and any other bytes in base64', async () => {
    const json = await ask('/pets', {
      method: 'POST',
      body: '{"a":"ä"}',
      headers: { 'content-type': 'application/json' },
    });
    const bytes = await ask('/pets', {
      method: 'POST',
      body: new Uint8Array([0, 255]),
      headers: { 'content-type': 'image/png' },
    });

    expect([json.body, json.isBase64Encoded]).toEqual(['{"a":"ä"}', false]);
    expect([bytes.body, bytes.isBase64Encoded]).toEqual(['AP8=', true]);
  });

  test('has format 1.0 where the integration asks for it', async () => {
    const response = await fetch(`${url}/old/7?x=1&x=2`, {
      method: 'PUT',
      headers: { 'x-answer': '1', cookie: 'a=1' },
      body: JSON.stringify({
        statusCode: 201,
        headers: { 'X-A': 'b' },
        multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'] },
        body: 'made',
      }),
    });
    const malformed = await fetch(`${url}/old/7?x=1`);

    expect([response.status, await response.text(), response.headers.get('x-a')]).toEqual([201, 'made', 'b']);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect([malformed.status, await malformed.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });
});

describe('routing', () => {
  test.each([
    ['GET', '/pets/dog', 'GET /pets/dog'],
    ['GET', '/pets/cat', 'GET /pets/{id}'],
    ['GET', '/pets/cat/1', 'ANY /pets/{proxy+}'],
    ['DELETE', '/pets/dog', 'ANY /pets/{proxy+}'],
    ['POST', '/pets', 'POST /pets'],
    ['GET', '/beta/pets/dog', 'GET /pets/dog'],
  ])('%s %s goes to %s', async (method, path, routeKey) => {
    expect((await ask(path, { method })).routeKey).toBe(routeKey);
  });

  test('a named stage stays in the path of the event', async () => {
    const event = await ask('/beta/pets/dog');

    expect([event.rawPath, event.requestContext.stage]).toEqual(['/beta/pets/dog', 'beta']);
  });

  test('answers 404 for no route, and 403 for no API', async () => {
    const noRoute = await fetch(`${url}/birds`);
    const noApi = await fetch(`${started.sandbox.endpoint}/_api/aaaaaaaaaa/`);

    expect([noRoute.status, await noRoute.json()]).toEqual([404, { message: 'Not Found' }]);
    expect(noRoute.headers.get('apigw-requestid')).toMatch(/^[A-Za-z0-9]{15}=$/);
    expect([noApi.status, await noApi.json()]).toEqual([403, { message: 'Forbidden' }]);
  });

  test('answers under the host name of the API too', async () => {
    const { hostname, port } = new URL(started.sandbox.endpoint);
    const host = `${stack.resources.Api?.physicalId}.execute-api.us-east-1.localhost:${port}`;
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      request({ hostname, port, path: '/pets/dog', headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .once('error', reject)
        .end();
    });

    expect(status).toBe(200);
  });
});

describe('the response', () => {
  test('is inferred where a function gives no status', async () => {
    const object = await answering({ hello: 'world' });
    const text = await answering('hello');

    expect([object.status, object.headers.get('content-type'), await object.json()]).toEqual([
      200,
      'application/json',
      { hello: 'world' },
    ]);
    expect([text.headers.get('content-type'), await text.text()]).toEqual(['application/json', 'hello']);
  });

  test('carries status, headers, cookies and a base64 body', async () => {
    const response = await answering({
      statusCode: 418,
      headers: { 'X-Total': 3, 'content-type': 'image/png' },
      cookies: ['a=1; HttpOnly', 'b=2'],
      body: 'AP8=',
      isBase64Encoded: true,
    });

    expect(response.status).toBe(418);
    expect(response.headers.get('x-total')).toBe('3');
    expect(response.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2']);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255]);
  });

  test('is 500 where the function fails or answers what HTTP cannot carry', async () => {
    const failed = await fetch(`${url}/pets/dog`, { headers: { 'x-fail': 'no' } });
    const odd = await answering({ statusCode: 'teapot' });
    const object = await answering({ statusCode: 200, body: { a: 1 } });

    for (const response of [failed, odd, object]) {
      expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
    }
  });

  test('is 503 after the integration has not answered for 30 seconds of the clock', async () => {
    const pending = fetch(`${url}/slow`, { headers: { 'x-hang': '1' } });
    let response: Response | undefined;
    void pending.then((answered) => {
      response = answered;
    });
    while (!response) {
      await started.clock.advance(10_000, { whileBusy: true });
      await new Promise((resolve) => setImmediate(resolve));
    }

    expect([response.status, await response.json()]).toEqual([503, { message: 'Service Unavailable' }]);
  });

  test.each<[string, FaultEffect, number]>([
    ['is throttled', { kind: 'throttle' }, 503],
    ['breaks off', { kind: 'drop-response' }, 500],
  ])('where the function %s, has the status %#', async (_, effect, status) => {
    const fault = started.sandbox.faults.inject({ service: 'lambda', operation: 'Invoke', times: 1, effect });
    const response = await fetch(`${url}/pets/dog`);
    fault.lift();

    expect([response.status, fault.hits]).toEqual([status, 1]);
  });

  test('is 413 for more than 10 MB, and for an event that Lambda cannot take', async () => {
    const large = await fetch(`${url}/pets`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });
    const larger = await fetch(`${url}/pets`, { method: 'POST', body: Buffer.alloc(5 * 1024 * 1024) });

    expect([large.status, larger.status]).toEqual([413, 413]);
  });
});

describe('CORS', () => {
  const origin = 'https://shop.example.com';
  test('answers a preflight itself', async () => {
    const response = await fetch(`${url}/anything`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET' },
    });

    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'content-type,x-token',
      'access-control-allow-credentials': 'true',
      'access-control-max-age': '600',
    });
  });

  test('sets its own headers over those of the function, and none for another origin', async () => {
    const init = (from: string) => ({
      method: 'POST',
      headers: { 'x-answer': '1', origin: from },
      body: JSON.stringify({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' }, body: 'x' }),
    });
    const allowed = await fetch(`${url}/pets`, init(origin));
    const other = await fetch(`${url}/pets`, init('https://example.org'));

    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    expect(allowed.headers.get('access-control-expose-headers')).toBe('x-total');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });
});

test('an HTTP integration is asked with path, query, body and headers, and its answer is passed on', async () => {
  const backend = createServer((request, response) => {
    response.setHeader('x-seen', `${request.method} ${request.url} ${request.headers['x-token']}`);
    response.setHeader('set-cookie', ['a=1', 'b=2']);
    response.statusCode = 202;
    request.pipe(response);
  });
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  const { port } = backend.address() as AddressInfo;
  const { resources } = await started.sandbox.deployTemplate({
    stackName: 'proxied',
    template: templateOf({
      Api: api(),
      Default: stage(),
      ToBackend: integration('', {
        IntegrationType: 'HTTP_PROXY',
        IntegrationMethod: 'ANY',
        IntegrationUri: `http://127.0.0.1:${port}/base/{proxy}`,
        PayloadFormatVersion: '1.0',
      }),
      Any: route('ANY /{proxy+}', 'ToBackend'),
    }),
  });
  const proxied = `${resources.Api?.attributes.ApiEndpoint}/a/b%20c?x=1`;
  const response = await fetch(proxied, { method: 'PUT', body: 'hello', headers: { 'x-token': 'T' } });
  backend.closeAllConnections();
  await new Promise((resolve) => backend.close(resolve));
  const gone = await fetch(proxied);

  expect([response.status, await response.text()]).toEqual([202, 'hello']);
  expect(response.headers.get('x-seen')).toBe('PUT /base/a/b%20c?x=1 T');
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect([gone.status, await gone.json()]).toEqual([503, { message: 'Service Unavailable' }]);
});

describe('what is recorded', () => {
  test('the access log has a line for each request', async () => {
    const response = await fetch(`${url}/pets/logged`);
    const body = await response.text();
    await started.sandbox.idle();
    const { events } = await started.sandbox
      .client(CloudWatchLogsClient)
      .send(new FilterLogEventsCommand({ logGroupName: '/aws/http-api/pets' }));

    expect(JSON.parse(events?.at(-1)?.message ?? '')).toEqual({
      requestId: response.headers.get('apigw-requestid'),
      ip: '127.0.0.1',
      requestTime: expect.stringMatching(/^01\/Jan\/2026:00:0\d:\d\d \+0000$/),
      routeKey: 'GET /pets/{id}',
      status: '200',
      length: String(Buffer.byteLength(body)),
      error: '-',
      integration: '200',
      unknown: '-',
    });
  });

  test('metrics count requests and their errors', async () => {
    const before = await sum('4xx');
    await fetch(`${url}/nowhere`);

    expect(await sum('4xx')).toBe(before + 1);
    expect(await sum('Count')).toBeGreaterThan(await sum('4xx'));
    expect(await sum('Latency')).toBeGreaterThan(0);
  });

  async function sum(MetricName: string): Promise<number> {
    const { Datapoints } = await started.sandbox.client(CloudWatchClient).send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/ApiGateway',
        MetricName,
        Dimensions: [{ Name: 'ApiId', Value: stack.resources.Api?.physicalId }],
        StartTime: new Date(Date.UTC(2026, 0, 1)),
        EndTime: new Date(Date.UTC(2026, 0, 2)),
        Period: 86_400,
        Statistics: ['Sum'],
      }),
    );
    return Datapoints?.[0]?.Sum ?? 0;
  }
});

describe('the management API', () => {
  test('reads what was deployed', async () => {
    const ApiId = stack.resources.Api?.physicalId;
    const { Items: apis } = await client.send(new GetApisCommand({}));
    const read = await client.send(new GetApiCommand({ ApiId }));
    const { Items: stages } = await client.send(new GetStagesCommand({ ApiId }));
    const { Items: routes } = await client.send(new GetRoutesCommand({ ApiId }));
    const { Items: integrations } = await client.send(new GetIntegrationsCommand({ ApiId }));

    expect(apis?.map(({ Name }) => Name)).toContain('pets');
    expect(read).toMatchObject({ ApiEndpoint: url, ProtocolType: 'HTTP', CorsConfiguration: { MaxAge: 600 } });
    expect(read.CreatedDate).toEqual(new Date(Date.UTC(2026, 0, 1)));
    expect(stages?.map(({ StageName }) => StageName)).toEqual(['$default', 'beta']);
    expect(routes?.map(({ RouteKey }) => RouteKey)).toContain('ANY /pets/{proxy+}');
    expect(integrations?.[0]).toMatchObject({ IntegrationType: 'AWS_PROXY', TimeoutInMillis: 30_000 });
    await expect(client.send(new GetApiCommand({ ApiId: 'nosuchapi1' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  test('throttles a route on the clock as UpdateStage says', async () => {
    const ApiId = stack.resources.Api?.physicalId;
    const RouteSettings = { 'GET /pets/dog': { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 1 } };
    await client.send(new UpdateStageCommand({ ApiId, StageName: '$default', RouteSettings }));
    const statuses = async () => Promise.all([1, 2, 3].map(async () => (await fetch(`${url}/pets/dog`)).status));

    const first = await statuses();
    await started.clock.advance(1_000);
    const second = await statuses();
    const refused = await fetch(`${url}/pets/dog`);
    const read = await client.send(new GetStageCommand({ ApiId, StageName: '$default' }));

    expect(first.sort()).toEqual([200, 200, 429]);
    expect(second.sort()).toEqual([200, 429, 429]);
    expect(await refused.json()).toEqual({ message: 'Too Many Requests' });
    expect(read.RouteSettings).toEqual(RouteSettings);
    expect((await fetch(`${url}/pets/cat`)).status).toBe(200);
  });

  test('changes a route', async () => {
    const ApiId = stack.resources.Api?.physicalId;
    const RouteId = stack.resources.Slow?.physicalId;
    await client.send(new UpdateRouteCommand({ ApiId, RouteId, RouteKey: 'GET /slower' }));

    expect((await fetch(`${url}/slow`)).status).toBe(404);
    expect((await ask('/slower')).routeKey).toBe('GET /slower');
  });

  test('changes where an integration leads, and nothing else of it', async () => {
    const ApiId = stack.resources.Api?.physicalId;
    const { Items: [before] = [] } = await client.send(new GetIntegrationsCommand({ ApiId }));
    const { IntegrationId, IntegrationUri } = before!;
    const gone = `${IntegrationUri!.split('/invocations')[0]}:nowhere`;

    const changed = await client.send(new UpdateIntegrationCommand({ ApiId, IntegrationId, IntegrationUri: gone }));
    await client.send(new UpdateIntegrationCommand({ ApiId, IntegrationId, IntegrationUri }));
    const { Items: [after] = [] } = await client.send(new GetIntegrationsCommand({ ApiId }));

    expect(changed).toMatchObject({ IntegrationUri: gone, TimeoutInMillis: before!.TimeoutInMillis });
    expect(after).toEqual(before);
    const nameless = client.send(new UpdateIntegrationCommand({ ApiId, IntegrationId: 'nosuch1' }));
    await expect(nameless).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  test('refuses what it does not emulate, by name, and a role that may not', async () => {
    const ApiId = stack.resources.Api?.physicalId;
    const StageName = '$default';
    const RouteSettings = { 'GET /nowhere': { ThrottlingRateLimit: 1 } };
    const nowhere = client.send(new UpdateStageCommand({ ApiId, StageName, RouteSettings }));
    await expect(nowhere).rejects.toMatchObject({ name: 'NotFoundException' });
    const unknown = client.send(new UpdateStageCommand({ ApiId, StageName, ClientCertificateId: 'c' }));
    const reader = await clientOfRole(started.sandbox, ApiGatewayV2Client, [
      { Effect: 'Allow', Action: 'apigateway:GET', Resource: `arn:aws:apigateway:us-east-1::/apis/${ApiId}/*` },
    ]);

    await expect(unknown).rejects.toThrow('The sandbox does not emulate Stage ClientCertificateId.');
    await expect(reader.send(new GetStageCommand({ ApiId, StageName }))).resolves.toMatchObject({ StageName });
    await expect(reader.send(new UpdateStageCommand({ ApiId, StageName }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

describe('a template', () => {
  const deploy = (resources: Parameters<typeof templateOf>[0]) =>
    started.sandbox.deployTemplate({ template: templateOf(resources), stackName: 'refused' });

  test.each([
    ['WebSocket APIs', { Api: api({ ProtocolType: 'WEBSOCKET' }) }, 'ProtocolType WEBSOCKET'],
    ['OpenAPI bodies', { Api: api({ Body: {} }) }, 'AWS::ApiGatewayV2::Api Body'],
    [
      'credentials for every origin',
      { Api: api({ CorsConfiguration: { AllowOrigins: ['*'], AllowCredentials: true } }) },
      'allowCredentials',
    ],
    [
      'parameter mapping',
      { Api: api(), I: { ...integration('x'), Properties: { ApiId: { Ref: 'Api' }, RequestParameters: {} } } },
      'RequestParameters',
    ],
  ])('is refused for %s', async (_, resources, reason) => {
    await expect(deploy(resources as never)).rejects.toThrow(reason);
  });

  test('a stage without automatic deployment serves its deployment, as the API then was', async () => {
    const resources = {
      ...functionResources('Echo', ECHO),
      Api: api(),
      ToEcho: integration('Echo'),
      One: route('GET /one', 'ToEcho'),
      Deployment: { Type: 'AWS::ApiGatewayV2::Deployment', Properties: { ApiId: { Ref: 'Api' } }, DependsOn: ['One'] },
      Live: stage({ StageName: 'live', AutoDeploy: false, DeploymentId: { Ref: 'Deployment' } }),
    };
    await started.sandbox.deployTemplate({ template: templateOf(resources), stackName: 'frozen' });
    const again = { ...resources, Two: route('GET /two', 'ToEcho') };
    const { resources: made } = await started.sandbox.deployTemplate({
      template: templateOf(again),
      stackName: 'frozen',
    });
    const live = `${made.Api?.attributes.ApiEndpoint}/live`;

    expect([(await fetch(`${live}/one`)).status, (await fetch(`${live}/two`)).status]).toEqual([200, 404]);
    await started.sandbox.remove('frozen');
    expect((await fetch(`${live}/one`)).status).toBe(403);
  });

  test('without a permission for API Gateway, the function is not invoked', async () => {
    const { EchoPermission: _, ...echo } = functionResources('Echo', ECHO) as Record<string, TemplateResource>;
    const resources = {
      ...echo,
      Api: api(),
      ToEcho: integration('Echo'),
      One: route('GET /one', 'ToEcho'),
      Default: stage(),
    };
    const { resources: made } = await started.sandbox.deployTemplate({
      template: templateOf(resources),
      stackName: 'closed',
    });

    const response = await fetch(`${made.Api?.attributes.ApiEndpoint}/one`);

    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });
});
