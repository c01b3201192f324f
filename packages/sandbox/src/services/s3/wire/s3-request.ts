import type { WireRequest } from '../../../core/service.ts';
import { s3Error } from './s3-error.ts';

/** A request with its bucket, key and query apart. */
export interface S3Request {
  readonly method: string;
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** As sent: still in chunks where the client streamed. */
  readonly body: Buffer;
}

/** Keys are at most this long in UTF-8 (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html). */
const MAX_KEY_BYTES = 1024;

/** Reads path-style (`/bucket/key`) and virtual-hosted (`bucket.localhost`) addresses. The path is not normalised: `a//../b` is a key. */
export function parseS3Request({ method, url, headers, body }: WireRequest): S3Request {
  const questionMark = url.indexOf('?');
  const path = questionMark < 0 ? url : url.slice(0, questionMark);
  const query = new URLSearchParams(questionMark < 0 ? '' : url.slice(questionMark + 1));
  const hosted = bucketOfHost(headers.host ?? headers[':authority'] ?? '');
  const [first, ...rest] = path.slice(1).split('/');
  const bucket = hosted ?? decodePercent(first ?? '');
  const key = decodePercent(hosted === undefined ? rest.join('/') : path.slice(1));
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw s3Error('KeyTooLongError', 'Your key is too long', 400);
  return { method, bucket, key, query, headers, body };
}

function bucketOfHost(host: string): string | undefined {
  return /^(.+)\.(?:localhost|s3[.\w-]*\.amazonaws\.com)(?::\d+)?$/.exec(host)?.[1];
}

/** Decodes percent signs; throws `InvalidURI` where they make no UTF-8. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw s3Error('InvalidURI', "Couldn't parse the specified URI.", 400);
  }
}
