import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FaultEffect } from '../../../core/faults/fault.ts';
import { type PetsApi, startPetsApi } from '../testing/pets-api.ts';

let pets: PetsApi;
beforeAll(async () => {
  pets = await startPetsApi();
});
afterAll(() => pets?.stop());

describe('the event', () => {
  test('has format 2.0 with decoded path, joined query, cookies and stage variables', async () => {
    const event = await pets.ask('/pets/a%20b?x=1&x=2&y=%26', { headers: { Cookie: 'a=1; b=2', 'X-Token': 'T' } });

    const apiId = pets.apiId;
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
    const json = await pets.ask('/pets', {
      method: 'POST',
      body: '{"a":"ä"}',
      headers: { 'content-type': 'application/json' },
    });
    const bytes = await pets.ask('/pets', {
      method: 'POST',
      body: new Uint8Array([0, 255]),
      headers: { 'content-type': 'image/png' },
    });

    expect([json.body, json.isBase64Encoded]).toEqual(['{"a":"ä"}', false]);
    expect([bytes.body, bytes.isBase64Encoded]).toEqual(['AP8=', true]);
  });

  test('has format 1.0 where the integration asks for it', async () => {
    const response = await fetch(`${pets.url}/old/7?x=1&x=2`, {
      method: 'PUT',
      headers: { 'x-answer': '1', cookie: 'a=1' },
      body: JSON.stringify({
        statusCode: 201,
        headers: { 'X-A': 'b' },
        multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'] },
        body: 'made',
      }),
    });
    const malformed = await fetch(`${pets.url}/old/7?x=1`);

    expect([response.status, await response.text(), response.headers.get('x-a')]).toEqual([201, 'made', 'b']);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect([malformed.status, await malformed.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });
});

describe('the response', () => {
  test('is inferred where a function gives no status', async () => {
    const object = await pets.answering({ hello: 'world' });
    const text = await pets.answering('hello');

    expect([object.status, object.headers.get('content-type'), await object.json()]).toEqual([
      200,
      'application/json',
      { hello: 'world' },
    ]);
    expect([text.headers.get('content-type'), await text.text()]).toEqual(['application/json', 'hello']);
  });

  test('carries status, headers, cookies and a base64 body', async () => {
    const response = await pets.answering({
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
    const failed = await fetch(`${pets.url}/pets/dog`, { headers: { 'x-fail': 'no' } });
    const odd = await pets.answering({ statusCode: 'teapot' });
    const object = await pets.answering({ statusCode: 200, body: { a: 1 } });

    for (const response of [failed, odd, object]) {
      expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
    }
  });

  test('is 503 after the integration has not answered for 30 seconds of the clock', async () => {
    const pending = fetch(`${pets.url}/slow`, { headers: { 'x-hang': '1' } });
    let response: Response | undefined;
    void pending.then((answered) => {
      response = answered;
    });
    while (!response) {
      await pets.clock.advance(10_000, { whileBusy: true });
      await new Promise((resolve) => setImmediate(resolve));
    }

    expect([response.status, await response.json()]).toEqual([503, { message: 'Service Unavailable' }]);
  });

  test.each<[string, FaultEffect, number]>([
    ['is throttled', { kind: 'throttle' }, 503],
    ['breaks off', { kind: 'drop-response' }, 500],
  ])('where the function %s, has the status %#', async (_, effect, status) => {
    const fault = pets.sandbox.faults.inject({ service: 'lambda', operation: 'Invoke', times: 1, effect });
    const response = await fetch(`${pets.url}/pets/dog`);
    fault.lift();

    expect([response.status, fault.hits]).toEqual([status, 1]);
  });

  test('is 413 for more than 10 MB, and for an event that Lambda cannot take', async () => {
    const large = await fetch(`${pets.url}/pets`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });
    const larger = await fetch(`${pets.url}/pets`, { method: 'POST', body: Buffer.alloc(5 * 1024 * 1024) });

    expect([large.status, larger.status]).toEqual([413, 413]);
  });
});
