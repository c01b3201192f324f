import { createHash, createHmac } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { describe, expect, test } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import type { WireRequest } from '../service.ts';
import { SignatureError, type SignatureFault } from './signature-error.ts';
import { readSignedRequest } from './signed-request.ts';
import { SigningKeys } from './signing-key.ts';
import { verifyRequest } from './verify-request.ts';

const NOW = Date.UTC(2026, 10, 21, 9, 0, 0);
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

interface Unsigned {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const signer = (service: string, sessionToken?: string) =>
  new SignatureV4({
    service,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: SECRET, ...(sessionToken ? { sessionToken } : {}) },
    sha256: Sha256,
    uriEscapePath: service !== 's3',
    applyChecksum: service === 's3',
  });

/** A request as the SDK's own signer makes it. */
async function signed(service: string, unsigned: Unsigned, at = NOW): Promise<WireRequest> {
  const { method = 'POST', path = '/', query = {}, headers = {}, body = '' } = unsigned;
  const request = await signer(service).sign(
    {
      method,
      protocol: 'http:',
      hostname: '127.0.0.1',
      path,
      query,
      headers: { host: '127.0.0.1:4566', ...headers },
      body,
    },
    { signingDate: new Date(at) },
  );
  return wire(method, path, query, request.headers, body);
}

async function presigned(service: string, unsigned: Unsigned, expiresIn: number): Promise<WireRequest> {
  const { method = 'GET', path = '/', headers = {} } = unsigned;
  const request = await signer(service, 'token').presign(
    {
      method,
      protocol: 'http:',
      hostname: '127.0.0.1',
      path,
      query: {},
      headers: { host: '127.0.0.1:4566', ...headers },
    },
    { signingDate: new Date(NOW), expiresIn },
  );
  return wire(method, path, request.query as Record<string, string>, request.headers, '');
}

function wire(
  method: string,
  path: string,
  query: Record<string, string>,
  headers: Record<string, string>,
  body: string,
): WireRequest {
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return {
    method,
    url: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.from(body),
  };
}

function faultOf(
  request: WireRequest,
  secretAccessKey = SECRET,
  nows: readonly number[] = [NOW],
): SignatureFault | 'none' {
  try {
    verifyRequest(request, readSignedRequest(request), { keys: new SigningKeys(secretAccessKey), nows });
    return 'none';
  } catch (error) {
    if (error instanceof SignatureError) return error.fault;
    throw error;
  }
}

const withHeader = (request: WireRequest, name: string, value: string): WireRequest => ({
  ...request,
  headers: { ...request.headers, [name]: value },
});

const withoutHeader = (request: WireRequest, name: string): WireRequest => ({
  ...request,
  headers: Object.fromEntries(Object.entries(request.headers).filter(([key]) => key !== name)),
});

const JSON_CALL: Unsigned = {
  headers: { 'x-amz-target': 'AmazonSSM.GetParameter', 'content-type': 'application/x-amz-json-1.1' },
  body: '{"Name":"/a"}',
};

describe('a signature of the SDK is accepted', () => {
  test.each<[string, string, Unsigned]>([
    ['a JSON call', 'ssm', JSON_CALL],
    [
      'an ARN in the path, encoded once on the wire',
      'lambda',
      { path: '/2015-03-31/functions/arn%3Aaws%3Alambda%3Ax/invocations' },
    ],
    [
      'query parameters in any order, with spaces and signs',
      'lambda',
      { method: 'GET', path: '/f', query: { b: 'x y+z', a: "it's*", 'A-': '' } },
    ],
    ['an S3 key of every kind', 's3', { method: 'PUT', path: '/bucket/a%20b/%C3%BC/..%2F//%27%28x%29', body: 'data' }],
    [
      'a header with runs of spaces',
      'ssm',
      { ...JSON_CALL, headers: { ...JSON_CALL.headers, 'x-amz-meta-note': '  a   b  ' } },
    ],
  ])('%s', async (_, service, unsigned) => {
    expect(faultOf(await signed(service, unsigned))).toBe('none');
  });

  test('an unsigned S3 payload, and one signed by its trailer', async () => {
    for (const hash of ['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER']) {
      const request = await signed('s3', {
        method: 'PUT',
        path: '/b/k',
        headers: { 'x-amz-content-sha256': hash },
        body: 'x',
      });
      expect(faultOf(request)).toBe('none');
    }
  });

  test('a presigned URL until it expires', async () => {
    const request = await presigned(
      's3',
      { path: '/bucket/key', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
      600,
    );
    expect(faultOf(request)).toBe('none');
    expect(faultOf(request, SECRET, [NOW + 600_000])).toBe('none');
    expect(faultOf(request, SECRET, [NOW + 600_001])).toBe('url-expired');
  });

  test('a date up to five minutes off, by any of the clocks that count', async () => {
    const request = await signed('ssm', JSON_CALL);
    expect(faultOf(request, SECRET, [NOW + 300_000])).toBe('none');
    expect(faultOf(request, SECRET, [NOW + 301_000])).toBe('skewed');
    expect(faultOf(request, SECRET, [NOW - 301_000])).toBe('skewed');
    expect(faultOf(request, SECRET, [0, NOW])).toBe('none');
  });
});

describe('an attack is refused', () => {
  test.each<[string, (request: WireRequest) => WireRequest, SignatureFault]>([
    ['no signature at all', (r) => withoutHeader(r, 'authorization'), 'missing-token'],
    ['another algorithm', (r) => withHeader(r, 'authorization', 'Basic QUtJQTp4'), 'incomplete'],
    [
      'signature version 2',
      (r) => ({ ...withoutHeader(r, 'authorization'), url: '/b/k?AWSAccessKeyId=A&Signature=x' }),
      'incomplete',
    ],
    ['a signature of nothing', (r) => edit(r, /Signature=\w+/, 'Signature='), 'incomplete'],
    ['a signature of zeros', (r) => edit(r, /Signature=\w+/, `Signature=${'0'.repeat(64)}`), 'mismatch'],
    ['a signature that is no ASCII', (r) => edit(r, /Signature=\w+/, `Signature=${'é'.repeat(64)}`), 'mismatch'],
    ['a cut signature', (r) => edit(r, /Signature=\w{4}/, 'Signature='), 'mismatch'],
    ['a credential of the wrong form', (r) => edit(r, /Credential=[^,]+/, 'Credential=AKIAEXAMPLE/x'), 'incomplete'],
    ['a tampered body', (r) => ({ ...r, body: Buffer.from('{"Name":"/b"}') }), 'mismatch'],
    ['another operation', (r) => withHeader(r, 'x-amz-target', 'AmazonSSM.DeleteParameter'), 'mismatch'],
    ['an operation slipped in beside the signature', (r) => withHeader(r, 'x-amz-sneaked', 'x'), 'mismatch'],
    ['another host', (r) => withHeader(r, 'host', 'evil.example'), 'mismatch'],
    ['another method', (r) => ({ ...r, method: 'PUT' }), 'mismatch'],
    ['another path', (r) => ({ ...r, url: '/admin' }), 'mismatch'],
    ['an added query parameter', (r) => ({ ...r, url: '/?Action=Delete' }), 'mismatch'],
    ['another service in the scope', (r) => edit(r, '/ssm/', '/kms/'), 'mismatch'],
    ['another region in the scope', (r) => edit(r, '/us-east-1/', '/eu-west-1/'), 'mismatch'],
    ['another day in the scope', (r) => edit(r, '20261121/', '20261122/'), 'mismatch'],
    ['a new date under the old signature', (r) => withHeader(r, 'x-amz-date', '20261121T090100Z'), 'mismatch'],
    ['a date that is none', (r) => withHeader(r, 'x-amz-date', 'now'), 'incomplete'],
    ['a signed header left out of the list', (r) => edit(r, 'host;', ''), 'mismatch'],
    ['a body hash that is not the body’s', (r) => withHeader(r, 'x-amz-content-sha256', 'f'.repeat(64)), 'mismatch'],
    ['an unsigned payload outside S3', (r) => withHeader(r, 'x-amz-content-sha256', 'UNSIGNED-PAYLOAD'), 'mismatch'],
  ])('%s', async (_, tamper, fault) => {
    expect(faultOf(tamper(await signed('ssm', JSON_CALL)))).toBe(fault);
  });

  test('the wrong secret', async () => {
    expect(faultOf(await signed('ssm', JSON_CALL), 'guessed')).toBe('mismatch');
  });

  test('an S3 body that is not what its hash says', async () => {
    const request = await signed('s3', { method: 'PUT', path: '/b/k', body: 'data' });
    expect(faultOf({ ...request, body: Buffer.from('dbta') })).toBe('body-mismatch');
  });

  test('a presigned URL with another key, a longer life, or a parameter twice', async () => {
    const request = await presigned(
      's3',
      { path: '/bucket/key', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
      600,
    );
    expect(faultOf({ ...request, url: request.url.replace('/key?', '/other?') })).toBe('mismatch');
    expect(faultOf({ ...request, url: request.url.replace('Expires=600', 'Expires=604800') })).toBe('mismatch');
    expect(faultOf({ ...request, url: request.url.replace('Expires=600', 'Expires=604801') })).toBe('incomplete');
    expect(faultOf({ ...request, url: `${request.url}&X-Amz-Expires=600` })).toBe('incomplete');
    expect(faultOf({ ...request, method: 'PUT' })).toBe('mismatch');
  });
});

describe('a payload signed chunk by chunk', () => {
  const PAYLOAD = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';

  test('is accepted as signed, and refused with a byte changed, a chunk moved or the end cut off', async () => {
    const request = await signed('s3', { method: 'PUT', path: '/b/k', headers: { 'x-amz-content-sha256': PAYLOAD } });
    const chunks = signedChunks(request, ['first', 'second', '']);
    const bodyOf = (...parts: string[]) => ({ ...request, body: Buffer.from(parts.join('')) });
    const [first = '', second = '', last = ''] = chunks;
    expect(faultOf(bodyOf(first, second, last))).toBe('none');
    expect(faultOf(bodyOf(first.replace('first', 'fir5t'), second, last))).toBe('mismatch');
    expect(faultOf(bodyOf(second, first, last))).toBe('mismatch');
    expect(faultOf(bodyOf(first, second))).toBe('mismatch');
    expect(faultOf(bodyOf('no chunk at all'))).toBe('mismatch');
  });

  /** Chunks as the S3 API Reference describes them, each signed over the signature before it. */
  function signedChunks(request: WireRequest, parts: readonly string[]): string[] {
    const claims = readSignedRequest(request);
    const key = new SigningKeys(SECRET).of(claims);
    const sha = (text: string) => createHash('sha256').update(text).digest('hex');
    let previous = claims.signature;
    return parts.map((part) => {
      const scope = `${claims.scopeDate}/us-east-1/s3/aws4_request`;
      const text = ['AWS4-HMAC-SHA256-PAYLOAD', claims.date, scope, previous, sha(''), sha(part)].join('\n');
      previous = createHmac('sha256', key).update(text).digest('hex');
      return `${part.length.toString(16)};chunk-signature=${previous}\r\n${part}\r\n`;
    });
  }
});

test('the signing key is that of the AWS documentation', () => {
  const key = new SigningKeys(SECRET).of({ scopeDate: '20120215', region: 'us-east-1', signingName: 'iam' });
  expect(key.export().toString('hex')).toBe('f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d');
});

function edit(request: WireRequest, from: string | RegExp, to: string): WireRequest {
  return withHeader(request, 'authorization', (request.headers.authorization ?? '').replace(from, to));
}
