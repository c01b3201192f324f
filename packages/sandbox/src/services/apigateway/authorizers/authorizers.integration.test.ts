import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Sha256 } from '@aws-crypto/sha256-js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Stack } from '../../../cloudformation/stack.ts';
import { clientOfRole } from '../../../testing/client-of-role.ts';
import { startTestSandbox, type TestSandbox } from '../../../testing/start-test-sandbox.ts';
import {
  api,
  functionResources,
  integration,
  lambdaAuthorizer,
  route,
  stage,
  templateOf,
} from '../testing/api-template.ts';

/** What each token means to the authorizers. */
const AUTHORIZE = `
let calls = 0;
exports.handler = async (event) => {
  calls++;
  const token = event.authorizationToken ?? event.identitySource[0];
  if (token === 'crash') throw new Error('crash');
  if (token === 'odd') return 'odd';
  const context = { user: token, calls, routeArn: event.routeArn };
  if (!process.env.POLICY) return { isAuthorized: token === 'good', context };
  if (token === 'who') throw new Error('Unauthorized');
  const arn = event.routeArn ?? event.methodArn;
  const only = arn.slice(0, arn.indexOf('/')) + '/*/GET/policy/*';
  const Statement = [{ Effect: token === 'good' ? 'Allow' : 'Deny', Action: 'execute-api:Invoke', Resource: only }];
  return { principalId: token, policyDocument: { Version: '2012-10-17', Statement }, context };
};`;

const AUDIENCE = 'https://shop.example.com';
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const others = generateKeyPairSync('rsa', { modulusLength: 2048 });

let issuer: string;
let issuerServer: Server;
let discoveries = 0;
let started: TestSandbox;
let stack: Stack;
let url: string;

beforeAll(async () => {
  issuerServer = createServer((request, response) => {
    discoveries++;
    const jwk = { ...keys.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' };
    const answer = request.url === '/jwks' ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/jwks` };
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => issuerServer.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(issuerServer.address() as AddressInfo).port}`;
  started = await startTestSandbox({ services: ['lambda', 'logs', 'cloudwatch', 'events', 'apigateway'] });
  stack = await started.sandbox.deployTemplate({ template: template(), stackName: 'guarded' });
  url = stack.resources.Api?.attributes.ApiEndpoint ?? '';
});
afterAll(async () => {
  await started.stop();
  issuerServer.closeAllConnections();
  await new Promise((resolve) => issuerServer.close(resolve));
});

const template = () =>
  templateOf({
    ...functionResources('Echo', 'exports.handler = async (event) => event.requestContext;'),
    ...functionResources('Simple', AUTHORIZE),
    ...functionResources('Policy', AUTHORIZE, { Environment: { Variables: { POLICY: '1' } } }),
    Api: api(),
    Default: stage(),
    ToEcho: integration('Echo'),
    SimpleAuthorizer: lambdaAuthorizer('simple', 'Simple', {
      EnableSimpleResponses: true,
      IdentitySource: ['$request.header.Authorization'],
    }),
    CachedAuthorizer: lambdaAuthorizer('cached', 'Simple', {
      EnableSimpleResponses: true,
      IdentitySource: ['$request.header.Authorization', '$request.querystring.tenant'],
      AuthorizerResultTtlInSeconds: 60,
    }),
    PolicyAuthorizer: lambdaAuthorizer('policy', 'Policy', {
      AuthorizerPayloadFormatVersion: '1.0',
      IdentitySource: ['$request.header.Authorization'],
      AuthorizerResultTtlInSeconds: 60,
    }),
    JwtAuthorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: { Ref: 'Api' },
        Name: 'jwt',
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: issuer, Audience: [AUDIENCE] },
      },
    },
    Open: route('GET /open', 'ToEcho', { AuthorizationType: 'NONE' }),
    SimpleRoute: route('GET /simple', 'ToEcho', custom('SimpleAuthorizer')),
    CachedRoute: route('GET /cached', 'ToEcho', custom('CachedAuthorizer')),
    PolicyRoute: route('ANY /policy/{id}', 'ToEcho', custom('PolicyAuthorizer')),
    JwtRoute: route('GET /jwt', 'ToEcho', { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'JwtAuthorizer' } }),
    ScopedRoute: route('GET /scoped', 'ToEcho', {
      AuthorizationType: 'JWT',
      AuthorizerId: { Ref: 'JwtAuthorizer' },
      AuthorizationScopes: ['orders:read', 'orders:write'],
    }),
    IamRoute: route('ANY /iam/{id}', 'ToEcho', { AuthorizationType: 'AWS_IAM' }),
  });

const custom = (authorizer: string) => ({ AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: authorizer } });
const get = (path: string, authorization?: string, init: RequestInit = {}) =>
  fetch(`${url}${path}`, { ...init, headers: authorization === undefined ? {} : { authorization } });
const answer = async (response: Response) => [response.status, await response.json()];

const FORBIDDEN = [403, { message: 'Forbidden' }];
const UNAUTHORIZED = [401, { message: 'Unauthorized' }];

test('a route without authorization is open', async () => {
  expect((await get('/open')).status).toBe(200);
});

describe('a Lambda authorizer', () => {
  test('lets through with its context, or not', async () => {
    const response = await get('/simple', 'good');
    const { authorizer } = (await response.json()) as { authorizer: unknown };

    expect(authorizer).toEqual({
      lambda: {
        user: 'good',
        calls: 1,
        routeArn: `arn:aws:execute-api:us-east-1:123456789012:${stack.resources.Api?.physicalId}/$default/GET/simple`,
      },
    });
    expect(await answer(await get('/simple', 'bad'))).toEqual(FORBIDDEN);
  });

  test('is not called where an identity source is missing', async () => {
    const calls = async () =>
      ((await (await get('/simple', 'good')).json()) as { authorizer: { lambda: { calls: number } } }).authorizer.lambda
        .calls;
    const before = await calls();

    expect(await answer(await get('/simple'))).toEqual(UNAUTHORIZED);
    expect(await calls()).toBe(before + 1);
  });

  test('that fails, or answers what it may not, is a 500', async () => {
    for (const token of ['crash', 'odd']) {
      expect(await answer(await get('/simple', token))).toEqual([500, { message: 'Internal Server Error' }]);
    }
  });

  test('is remembered by its identity sources until the time is over', async () => {
    const calls = async (tenant: string) => {
      const response = await get(`/cached?tenant=${tenant}`, 'good');
      return ((await response.json()) as { authorizer: { lambda: { calls: number } } }).authorizer.lambda.calls;
    };
    const first = await calls('a');

    expect(await calls('a')).toBe(first);
    expect(await calls('b')).toBe(first + 1);
    expect((await get('/cached', 'good')).status).toBe(401);
    await started.clock.advance(60_000);
    expect(await calls('a')).toBe(first + 2);
  });

  test('may answer with a policy, which is judged for each route', async () => {
    expect((await get('/policy/1', 'good')).status).toBe(200);
    expect(await answer(await get('/policy/1', 'good', { method: 'POST' }))).toEqual(FORBIDDEN);
    expect(await answer(await get('/policy/1', 'bad'))).toEqual(FORBIDDEN);
    expect(await answer(await get('/policy/1', 'who'))).toEqual(UNAUTHORIZED);
  });
});

describe('a JWT authorizer', () => {
  const token = (
    claims: object = {},
    { key = keys.privateKey, header = {} }: { key?: KeyObject; header?: object } = {},
  ) => {
    const now = Math.floor(started.clock.now() / 1000);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const head = part({ alg: 'RS256', kid: 'k1', typ: 'JWT', ...header });
    const body = part({
      iss: issuer,
      aud: [AUDIENCE, 'other'],
      exp: now + 60,
      iat: now,
      sub: 'ada',
      admin: true,
      ...claims,
    });
    return `Bearer ${head}.${body}.${sign('sha256', Buffer.from(`${head}.${body}`), key).toString('base64url')}`;
  };

  test('lets a good token through with its claims', async () => {
    const response = await get('/jwt', token());
    const { authorizer } = (await response.json()) as { authorizer: unknown };

    expect(authorizer).toMatchObject({
      jwt: { claims: { sub: 'ada', admin: 'true', aud: `[${AUDIENCE} other]` }, scopes: null },
    });
  });

  test('keeps the keys of the issuer', async () => {
    await get('/jwt', token());
    const before = discoveries;
    await get('/jwt', token());

    expect(discoveries).toBe(before);
  });

  test('asks for a token', async () => {
    const response = await get('/jwt');

    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await answer(response)).toEqual(UNAUTHORIZED);
  });

  test.each([
    ['an expired token', () => token({ exp: Math.floor(started.clock.now() / 1000) }), 'the token has expired'],
    ['a token of tomorrow', () => token({ nbf: Math.floor(started.clock.now() / 1000) + 9 }), 'not valid yet'],
    ['another issuer', () => token({ iss: 'https://example.org' }), 'issuer'],
    ['another audience', () => token({ aud: 'https://example.org' }), 'audience'],
    ['another key', () => token({}, { key: others.privateKey }), 'signature is invalid'],
    ['an unknown key', () => token({}, { header: { kid: 'k2' } }), 'signing key'],
    ['no signature', () => token({}, { header: { alg: 'none' } }), 'signing method'],
    ['a symmetric signature', () => token({}, { header: { alg: 'HS256' } }), 'signing method'],
    ['no token at all', () => 'Bearer hello', 'malformed'],
  ])('refuses %s', async (_, bad, reason) => {
    const response = await get('/jwt', bad());

    expect(response.headers.get('www-authenticate')).toMatch(
      /^Bearer scope="" error="invalid_token" error_description="/,
    );
    expect(response.headers.get('www-authenticate')).toContain(reason);
    expect(await answer(response)).toEqual(UNAUTHORIZED);
  });

  test('takes client_id for a missing audience', async () => {
    expect((await get('/jwt', token({ aud: undefined, client_id: AUDIENCE }))).status).toBe(200);
  });

  test('wants one of the scopes of the route', async () => {
    const allowed = await get('/scoped', token({ scope: 'profile orders:read' }));
    const refused = await get('/scoped', token({ scope: 'profile' }));

    expect(((await allowed.json()) as { authorizer: { jwt: unknown } }).authorizer.jwt).toMatchObject({
      scopes: ['profile', 'orders:read'],
    });
    expect(await answer(refused)).toEqual(FORBIDDEN);
  });
});

describe('AWS_IAM', () => {
  interface Signing {
    readonly service?: string;
    readonly region?: string;
    readonly secretAccessKey?: string;
    readonly sessionToken?: string;
    readonly signingDate?: Date;
    readonly signedBody?: string;
  }
  let credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  beforeAll(async () => {
    const arn = `arn:aws:execute-api:us-east-1:123456789012:${stack.resources.Api?.physicalId}/*/POST/iam/1`;
    await clientOfRole(
      started.sandbox,
      class {
        constructor(settings: { credentials: typeof credentials }) {
          credentials = settings.credentials;
        }
      } as never,
      [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: arn }],
    );
  });

  async function signed(path: string, signing: Signing = {}): Promise<Response> {
    const { service = 'execute-api', region = 'us-east-1', signingDate = new Date(), ...rest } = signing;
    const { signedBody = 'hello', ...own } = rest;
    const target = new URL(`${url}${path}`);
    const signer = new SignatureV4({ credentials: { ...credentials, ...own }, region, service, sha256: Sha256 });
    const request = await signer.sign(
      {
        method: 'POST',
        protocol: target.protocol,
        hostname: target.hostname,
        path: target.pathname,
        query: Object.fromEntries(target.searchParams),
        headers: { host: target.host, 'content-type': 'text/plain' },
        body: signedBody,
      },
      { signingDate },
    );
    const { host: _, ...headers } = request.headers;
    return fetch(target, { method: 'POST', headers, body: 'hello' });
  }

  test('lets through whom a policy allows, session token and all', async () => {
    const response = await signed('/iam/1?x=1');
    const { authorizer } = (await response.json()) as { authorizer: { iam: Record<string, unknown> } };

    expect(response.status).toBe(200);
    expect(authorizer.iam).toMatchObject({ accessKey: credentials.accessKeyId, accountId: '123456789012' });
    expect(authorizer.iam.userArn).toMatch(/^arn:aws:sts::123456789012:assumed-role\/test-role-\d+\/test$/);
  });

  test.each<[string, string, Signing]>([
    ['what no policy allows', '/iam/2', {}],
    ['another service', '/iam/1', { service: 'lambda' }],
    ['another region', '/iam/1', { region: 'eu-west-1' }],
    ['a wrong secret', '/iam/1', { secretAccessKey: 'wrong' }],
    ['a wrong session token', '/iam/1', { sessionToken: 'wrong' }],
    ['an old signature', '/iam/1', { signingDate: new Date(Date.UTC(2025, 0, 1)) }],
    ['another body', '/iam/1', { signedBody: 'goodbye' }],
  ])('refuses %s', async (_, path, signing) => {
    expect(await answer(await signed(path, signing))).toEqual(FORBIDDEN);
  });

  test('refuses whoever does not sign', async () => {
    expect(await answer(await fetch(`${url}/iam/1`))).toEqual(FORBIDDEN);
  });
});
