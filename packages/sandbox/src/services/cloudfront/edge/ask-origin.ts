import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { buffer } from 'node:stream/consumers';
import { renderXml } from '../../../core/protocols/xml.ts';
import type { CloudFrontStore } from '../config/cloudfront-store.ts';
import type { Distribution, Origin } from '../config/distribution.ts';
import { decoded, type EdgeRequest, type EdgeResponse } from './edge-request.ts';

/** What CloudFront answers for an origin that it cannot reach. */
const BAD_GATEWAY: EdgeResponse = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  cookies: [],
  body: Buffer.from("<h1>502 ERROR</h1><p>CloudFront wasn't able to connect to the origin.</p>"),
};

export async function askOrigin(
  store: CloudFrontStore,
  { distribution, origin }: { readonly distribution: Distribution; readonly origin: Origin },
  request: EdgeRequest,
): Promise<EdgeResponse> {
  return origin.isS3 ? askBucket(store, distribution, origin, request) : askHost(store, origin, request);
}

/**
 * Reads an object as CloudFront, signed by an origin access control or not at all. Whoever may not list the bucket is refused what is not
 * there (403), as S3 does.
 */
function askBucket(
  { context }: CloudFrontStore,
  { arn }: Distribution,
  { domainName, originPath, accessControlId }: Origin,
  { uri, method }: EdgeRequest,
): EdgeResponse {
  const bucket = domainName.replace(/\.s3[.-].*$/, '');
  const key = decoded(`${originPath}${uri}`).replace(/^\//, '');
  if (method !== 'GET' && method !== 'HEAD') return bucketError(405, 'MethodNotAllowed');
  const reader = accessControlId
    ? { service: 'cloudfront.amazonaws.com', sourceArn: arn, sourceAccount: context.accountId }
    : undefined;
  const found = context.peers.s3.readAs(reader, bucket, key);
  if (found.kind !== 'object') {
    return found.kind === 'denied' ? bucketError(403, 'AccessDenied') : bucketError(404, 'NoSuchKey');
  }
  return { status: 200, headers: { ...found.headers, server: 'AmazonS3' }, cookies: [], body: found.body };
}

function bucketError(status: number, Code: string): EdgeResponse {
  const body = Buffer.from(renderXml({ Error: { Code } }));
  return { status, headers: { 'content-type': 'application/xml', server: 'AmazonS3' }, cookies: [], body };
}

/** An API of the sandbox is asked on the sandbox's own port, any other host where it is. */
async function askHost({ context }: CloudFrontStore, origin: Origin, request: EdgeRequest): Promise<EdgeResponse> {
  const { domainName, originPath, protocol, customHeaders } = origin;
  const isOurs = /\.execute-api\.[a-z0-9-]+\.amazonaws\.com$/.test(domainName);
  const base = isOurs ? context.endpoint() : `${protocol}://${domainName}`;
  const url = new URL(`${base}${originPath}${request.uri}${request.query === '' ? '' : `?${request.query}`}`);
  const headers = {
    ...request.headers,
    ...customHeaders,
    host: request.headers.host ?? domainName,
    'user-agent': request.headers['user-agent'] ?? 'Amazon CloudFront',
    'content-length': String(request.body.length),
  };
  try {
    return await ask(url, { method: request.method, headers, body: request.body });
  } catch {
    return BAD_GATEWAY;
  }
}

async function ask(
  url: URL,
  { body, ...options }: { method: string; headers: Record<string, string>; body: Buffer },
): Promise<EdgeResponse> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const client = url.protocol === 'https:' ? https : http;
    client.request(url, options, resolve).once('error', reject).end(body);
  });
  const {
    'set-cookie': cookies = [],
    connection: _hop,
    'keep-alive': _alive,
    'transfer-encoding': _coding,
    ...headers
  } = response.headers;
  const flat = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]);
  return {
    status: response.statusCode ?? 502,
    headers: Object.fromEntries(flat) as Record<string, string>,
    cookies,
    body: await buffer(response),
  };
}
