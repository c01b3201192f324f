import { noSuchKey, s3Error } from '../wire/s3-error.ts';
import type { StoredObject } from './stored-object.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * Conditional writes: `If-None-Match: *` writes only where nothing is, `If-Match` only over the named ETag
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html).
 */
export function assertWritable(key: string, existing: StoredObject | undefined, headers: Headers): void {
  const none = headers['if-none-match'];
  const match = headers['if-match'];
  if (none !== undefined && none !== '*') {
    throw s3Error('NotImplemented', 'A header you provided implies functionality that is not implemented', 501, {
      Header: 'If-None-Match',
    });
  }
  if (none === '*' && existing) throw preconditionFailed('If-None-Match');
  if (match === undefined) return;
  if (!existing) throw noSuchKey(key);
  if (!matches(existing, match)) throw preconditionFailed('If-Match');
}

/** Conditional reads; `prefix` is `x-amz-copy-source-` for the source of a copy. Throws 412, or 304 without a body. */
export function assertReadable(object: StoredObject, headers: Headers, prefix = ''): void {
  const match = headers[`${prefix}if-match`];
  const none = headers[`${prefix}if-none-match`];
  const modifiedSince = headers[`${prefix}if-modified-since`];
  const unmodifiedSince = headers[`${prefix}if-unmodified-since`];
  const lastModified = Math.floor(object.lastModified / 1000) * 1000;
  if (match !== undefined && !matches(object, match)) throw preconditionFailed('If-Match');
  if (match === undefined && unmodifiedSince !== undefined && lastModified > Date.parse(unmodifiedSince)) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  const isUnchanged =
    none === undefined
      ? modifiedSince !== undefined && lastModified <= Date.parse(modifiedSince)
      : matches(object, none);
  if (!isUnchanged) return;
  throw prefix === '' ? s3Error('NotModified', 'Not Modified', 304) : preconditionFailed('If-None-Match');
}

function matches(object: StoredObject, etags: string): boolean {
  const wanted = etags.split(',').map((etag) => unquoted(etag.trim()));
  return wanted.includes('*') || wanted.includes(unquoted(object.etag));
}

function unquoted(etag: string): string {
  return etag.replace(/^W\//, '').replaceAll('"', '');
}

function preconditionFailed(condition: string): Error {
  return s3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition: condition,
  });
}
