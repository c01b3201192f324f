import type { WireRequest } from '../service.ts';
import type { SignedRequest } from './signed-request.ts';

/**
 * The text that both sides sign: method, path, query, headers, payload hash.
 * Source: IAM User Guide, "Create a signed AWS API request" (canonical request; S3 encodes the path once and does not normalise it).
 */
export function canonicalRequest(request: WireRequest, signed: SignedRequest, payloadHash: string): string {
  const [path = '/', ...query] = request.url.split('?');
  return [
    request.method,
    signed.signingName === 's3' ? reencodePath(path) : encodePath(normalisePath(path)),
    canonicalQuery(query.join('?')),
    ...signed.signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    signed.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [encode(decode(name)), encode(decode(value.join('=')))] as const;
    })
    .filter(([name]) => name !== 'X-Amz-Signature')
    .sort(([aName, aValue], [bName, bValue]) => compare(aName, bName) || compare(aValue, bValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** RFC 3986: everything but letters, digits and `-._~`. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const encodePath = (path: string): string => path.split('/').map(encode).join('/');
/** Segment by segment: an encoded slash is part of a name. */
const reencodePath = (path: string): string =>
  path
    .split('/')
    .map((segment) => encode(decode(segment)))
    .join('/');

/** A broken escape stays as it was sent: the signature then fails by itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Removes empty, `.` and `..` segments, and keeps a trailing slash. */
function normalisePath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const trailing = kept.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${kept.join('/')}${trailing}`;
}
