import http2 from 'node:http2';
import net from 'node:net';
import { Sha256 } from '@aws-crypto/sha256-js';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import { Sandbox } from './sandbox.ts';
import { startTestSandbox, type TestSandbox } from './testing/start-test-sandbox.ts';

let started: TestSandbox;
let sandbox: Sandbox;

beforeAll(async () => {
  started = await startTestSandbox({ services: ['ssm', 'sts', 'kms'], largestBodyBytes: 100_000 });
  sandbox = started.sandbox;
});
afterAll(() => started.stop());

/** A call of SSM signed by the administrator, to be sent by hand. */
async function signedCall(
  target: string,
  body: object,
  settings: { service?: string; region?: string; host?: Record<string, string> } = {},
) {
  const { service = 'ssm', region = sandbox.region, host = { host: new URL(sandbox.endpoint).host } } = settings;
  const signer = new SignatureV4({ service, region, credentials: sandbox.credentials, sha256: Sha256 });
  return signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname: '127.0.0.1',
    path: '/',
    headers: {
      ...host,
      'x-amz-target': target,
      'content-type': 'application/x-amz-json-1.1',
    },
    body: JSON.stringify(body),
  });
}

async function send(request: {
  headers: Record<string, string>;
  body?: unknown;
}): Promise<{ status: number; type: unknown; message: unknown }> {
  const response = await fetch(sandbox.endpoint, {
    method: 'POST',
    headers: request.headers,
    body: String(request.body),
  });
  const answer = (await response.json()) as { __type: unknown; message: unknown };
  return { status: response.status, type: answer.__type, message: answer.message };
}

test('SDK clients of three protocols work, each call with a request id of its own', async () => {
  const ssm = sandbox.client(SSMClient);
  await ssm.send(new PutParameterCommand({ Name: '/front/a', Value: 'x', Type: 'String' }));
  const answer = await ssm.send(new GetParameterCommand({ Name: '/front/a' }));
  expect(answer.Parameter?.Value).toBe('x');
  const who = await sandbox.client(STSClient).send(new GetCallerIdentityCommand({}));
  expect(who.Arn).toBe('arn:aws:iam::123456789012:root');
  const { Stacks } = await sandbox.client(CloudFormationClient).send(new DescribeStacksCommand({}));
  expect(Stacks).toEqual([]);
  const logged = sandbox.calls().find(({ operation }) => operation === 'GetParameter');
  expect(logged).toMatchObject({ service: 'ssm', requestId: answer.$metadata.requestId, at: Date.UTC(2026, 0, 1) });
});

test('HTTP/2 without TLS is served on the same port, signed by its :authority as SDKs sign it', async () => {
  await sandbox.client(SSMClient).send(new PutParameterCommand({ Name: '/front/h2', Value: 'two', Type: 'String' }));
  const authority = { ':authority': new URL(sandbox.endpoint).host };
  const request = await signedCall('AmazonSSM.GetParameter', { Name: '/front/h2' }, { host: authority });
  const session = http2.connect(sandbox.endpoint);
  const stream = session.request({ ':method': 'POST', ':path': '/', ...request.headers });
  stream.end(request.body);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  session.close();
  expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ Parameter: { Value: 'two' } });
});

describe('the front refuses', () => {
  test('an unsigned request, in the form of its protocol', async () => {
    const json = await send({ headers: { 'x-amz-target': 'AmazonSSM.GetParameter' }, body: '{}' });
    expect(json).toEqual({
      status: 400,
      type: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    });
    const query = await fetch(sandbox.endpoint, {
      method: 'POST',
      body: new URLSearchParams({ Action: 'GetCallerIdentity' }),
    });
    expect(query.status).toBe(403);
    expect(await query.text()).toContain('<Code>MissingAuthenticationToken</Code>');
    expect((await fetch(`${sandbox.endpoint}/2015-03-31/functions`)).status).toBe(403);
  });

  test('a key that was never issued', async () => {
    const stranger = sandbox.client(SSMClient, { credentials: { accessKeyId: 'AKIASTRANGER', secretAccessKey: 'x' } });
    await expect(stranger.send(new GetParameterCommand({ Name: '/a' }))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  test('a wrong secret', async () => {
    const credentials = { ...sandbox.credentials, secretAccessKey: 'guessed' };
    await expect(
      sandbox.client(SSMClient, { credentials }).send(new GetParameterCommand({ Name: '/a' })),
    ).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
    await expect(
      sandbox.client(STSClient, { credentials }).send(new GetCallerIdentityCommand({})),
    ).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('a tampered body', async () => {
    const request = await signedCall('AmazonSSM.GetParameter', { Name: '/a' });
    expect(await send({ ...request, body: '{"Name":"/b"}' })).toMatchObject({
      status: 400,
      type: 'InvalidSignatureException',
    });
  });

  test('a service, an operation and a region that it does not have, by name', async () => {
    expect(await send(await signedCall('X.Y', {}, { service: 'braket' }))).toMatchObject({
      message: 'The sandbox has no service braket.',
    });
    expect(await send(await signedCall('AmazonSSM.StartSession', {}))).toMatchObject({
      type: 'UnknownOperationException',
      message: 'The sandbox has no ssm operation StartSession.',
    });
    expect(await send(await signedCall('AmazonSSM.GetParameter', {}, { region: 'eu-west-1' }))).toMatchObject({
      message: expect.stringContaining('not eu-west-1'),
    });
  });

  test('a body that is too large, before it is read whole', async () => {
    const response = await fetch(sandbox.endpoint, { method: 'POST', body: Buffer.alloc(100_001) });
    expect(response.status).toBe(413);
  });

  test.each(['[]', 'null', '"x"', '{'])('a JSON call whose body is %s', async (body) => {
    const signer = new SignatureV4({
      service: 'ssm',
      region: 'us-east-1',
      credentials: sandbox.credentials,
      sha256: Sha256,
    });
    const headers = { host: new URL(sandbox.endpoint).host, 'x-amz-target': 'AmazonSSM.GetParameter' };
    const request = await signer.sign({
      method: 'POST',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: '/',
      headers,
      body,
    });
    expect(await send(request)).toMatchObject({ status: 400, type: 'SerializationException' });
  });

  test('what is no HTTP at all, by closing the connection', async () => {
    const socket = net.connect(Number(new URL(sandbox.endpoint).port), '127.0.0.1');
    socket.end('\x16\x03\x01 this is TLS');
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toContain('400 Bad Request');
  });
});

test('a port in use is an error with a code', async () => {
  const port = Number(new URL(sandbox.endpoint).port);
  await expect(Sandbox.start({ services: ['sts'], port })).rejects.toMatchObject({ code: 'PORT_IN_USE' });
});

test('a request may be signed at the time of the machine or of the sandbox', async () => {
  const systemClockOffset = sandbox.clock.now() - Date.now();
  const ssm = sandbox.client(SSMClient, { systemClockOffset });
  await ssm.send(new PutParameterCommand({ Name: '/front/then', Value: 'x', Type: 'String' }));
  const off = sandbox.client(SSMClient, { systemClockOffset: -400_000, maxAttempts: 1 });
  await expect(off.send(new GetParameterCommand({ Name: '/front/then' }))).rejects.toMatchObject({
    name: 'InvalidSignatureException',
  });
});

test('a service that was not started is named when another needs it', () => {
  expect(() => sandbox.peers.lambda).toThrow('The sandbox runs without lambda');
});
