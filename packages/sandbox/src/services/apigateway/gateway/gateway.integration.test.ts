import { request } from 'node:http';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type PetsApi, startPetsApi } from '../testing/pets-api.ts';

let pets: PetsApi;
beforeAll(async () => {
  pets = await startPetsApi();
});
afterAll(() => pets?.stop());

describe('routing', () => {
  test.each([
    ['GET', '/pets/dog', 'GET /pets/dog'],
    ['GET', '/pets/cat', 'GET /pets/{id}'],
    ['GET', '/pets/cat/1', 'ANY /pets/{proxy+}'],
    ['DELETE', '/pets/dog', 'ANY /pets/{proxy+}'],
    ['POST', '/pets', 'POST /pets'],
    ['GET', '/beta/pets/dog', 'GET /pets/dog'],
  ])('%s %s goes to %s', async (method, path, routeKey) => {
    expect((await pets.ask(path, { method })).routeKey).toBe(routeKey);
  });

  test('a named stage stays in the path of the event', async () => {
    const event = await pets.ask('/beta/pets/dog');

    expect([event.rawPath, event.requestContext.stage]).toEqual(['/beta/pets/dog', 'beta']);
  });

  test('answers 404 for no route, and 403 for no API', async () => {
    const noRoute = await fetch(`${pets.url}/birds`);
    const noApi = await fetch(`${pets.sandbox.endpoint}/_api/aaaaaaaaaa/`);

    expect([noRoute.status, await noRoute.json()]).toEqual([404, { message: 'Not Found' }]);
    expect(noRoute.headers.get('apigw-requestid')).toMatch(/^[A-Za-z0-9]{15}=$/);
    expect([noApi.status, await noApi.json()]).toEqual([403, { message: 'Forbidden' }]);
  });

  test('answers under the host name of the API too', async () => {
    const { hostname, port } = new URL(pets.sandbox.endpoint);
    const host = `${pets.apiId}.execute-api.us-east-1.localhost:${port}`;
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

describe('CORS', () => {
  const origin = 'https://shop.example.com';
  test('answers a preflight itself', async () => {
    const response = await fetch(`${pets.url}/anything`, {
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
    const allowed = await fetch(`${pets.url}/pets`, init(origin));
    const other = await fetch(`${pets.url}/pets`, init('https://example.org'));

    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    expect(allowed.headers.get('access-control-expose-headers')).toBe('x-total');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('what is recorded', () => {
  test('the access log has a line for each request', async () => {
    const response = await fetch(`${pets.url}/pets/logged`);
    const body = await response.text();
    await pets.sandbox.idle();
    const { events } = await pets.sandbox
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
    await fetch(`${pets.url}/nowhere`);

    expect(await sum('4xx')).toBe(before + 1);
    expect(await sum('Count')).toBeGreaterThan(await sum('4xx'));
    expect(await sum('Latency')).toBeGreaterThan(0);
  });

  async function sum(MetricName: string): Promise<number> {
    const { Datapoints } = await pets.sandbox.client(CloudWatchClient).send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/ApiGateway',
        MetricName,
        Dimensions: [{ Name: 'ApiId', Value: pets.apiId }],
        StartTime: new Date(Date.UTC(2026, 0, 1)),
        EndTime: new Date(Date.UTC(2026, 0, 2)),
        Period: 86_400,
        Statistics: ['Sum'],
      }),
    );
    return Datapoints?.[0]?.Sum ?? 0;
  }
});
