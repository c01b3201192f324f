import type { Bucket } from '../buckets/bucket.ts';
import { decodeAwsChunked, isAwsChunked } from '../wire/aws-chunked.ts';
import { verifiedChecksums } from '../wire/checksum.ts';
import { parseXml } from '../wire/parse-xml.ts';
import { notImplemented, s3Error } from '../wire/s3-error.ts';
import type { S3Request } from '../wire/s3-request.ts';
import type { XmlContent } from '../wire/xml.ts';
import type { StoredObject } from './stored-object.ts';

type Headers = Readonly<Record<string, string>>;

/** Kept with an object and given back with it. */
const KEPT = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
  'x-amz-storage-class',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-website-redirect-location',
];

/** Understood, or without a meaning here. Any other `x-amz-` header asks for something that the sandbox does not do. */
const UNDERSTOOD =
  /^x-amz-(date|content-sha256|security-token|user-agent|te|trailer|decoded-content-length|sdk-checksum-algorithm|checksum-.+|meta-.+|acl|tagging|tagging-directive|metadata-directive|copy-source.*|expected-bucket-owner|source-expected-bucket-owner|request-payer|server-side-encryption-bucket-key-enabled|object-ownership)$/;

/** ACLs that change nothing where the bucket's owner owns every object. */
const NEUTRAL_ACLS = ['private', 'bucket-owner-full-control'];

/** Refuses, by name, a header that asks for what is not emulated: object lock, grants, customer keys. */
export function refuseUnknownHeaders(headers: Headers, accountId: string): void {
  const unknown = Object.keys(headers).find(
    (name) => name.startsWith('x-amz-') && !UNDERSTOOD.test(name) && !KEPT.includes(name),
  );
  if (unknown) throw notImplemented(`header ${unknown}`);
  const acl = headers['x-amz-acl'];
  if (acl !== undefined && !NEUTRAL_ACLS.includes(acl)) throw notImplemented(`ACL ${acl}`);
  const owner = headers['x-amz-expected-bucket-owner'];
  if (owner !== undefined && owner !== accountId) throw s3Error('AccessDenied', 'Access Denied', 403);
}

/** The object's bytes out of a request, with the checksums that were sent and found right. */
export function contentOf({ headers, body }: S3Request): { data: Buffer; checksums: Record<string, string> } {
  const { data, trailers } = isAwsChunked(headers) ? decodeAwsChunked(body) : { data: body, trailers: {} };
  return { data, checksums: verifiedChecksums(data, { ...headers, ...trailers }) };
}

/** What a new object keeps of the headers it came with; the bucket's default encryption where none was asked for. */
export function keptHeaders(headers: Headers, bucket: Bucket): Headers {
  const kept = Object.entries(headers).filter(([name]) => KEPT.includes(name) || name.startsWith('x-amz-meta-'));
  const encoding = (headers['content-encoding'] ?? '')
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'aws-chunked')
    .join(',');
  const { 'content-encoding': _sent, ...rest } = Object.fromEntries(kept);
  return {
    'content-type': 'binary/octet-stream',
    ...defaultEncryption(bucket),
    ...rest,
    ...(encoding === '' ? {} : { 'content-encoding': encoding }),
  };
}

/** `x-amz-tagging: a=1&b=2`. */
export function taggingHeader(headers: Headers): Map<string, string> {
  return new Map(new URLSearchParams(headers['x-amz-tagging'] ?? ''));
}

/** Headers that answer a write. */
export function writeHeaders(object: StoredObject): Record<string, string> {
  return { etag: object.etag, ...versionHeader(object), ...encryptionHeaders(object.headers), ...object.checksums };
}

/** Headers that describe an object when it is read. */
export function readHeaders(object: StoredObject, request: S3Request): Record<string, string> {
  const { 'x-amz-storage-class': storageClass, ...headers } = object.headers;
  const overrides = [...request.query].filter(([name]) => name.startsWith('response-'));
  const wantsChecksums = request.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED';
  return {
    'accept-ranges': 'bytes',
    'last-modified': new Date(object.lastModified).toUTCString(),
    etag: object.etag,
    ...headers,
    ...(storageClass === undefined || storageClass === 'STANDARD' ? {} : { 'x-amz-storage-class': storageClass }),
    ...(object.tags.size > 0 ? { 'x-amz-tagging-count': String(object.tags.size) } : {}),
    ...versionHeader(object),
    ...(wantsChecksums && request.headers.range === undefined ? object.checksums : {}),
    ...Object.fromEntries(overrides.map(([name, value]) => [name.slice('response-'.length), value])),
  };
}

export function encryptionHeaders(headers: Headers): Record<string, string> {
  const entries = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-server-side-encryption'));
  return Object.fromEntries(entries);
}

export function versionHeader({ versionId }: { readonly versionId: string }): Record<string, string> {
  return versionId === 'null' ? {} : { 'x-amz-version-id': versionId };
}

/** S3 encrypts with its own key unless the bucket names another. */
function defaultEncryption(bucket: Bucket): Record<string, string> {
  const setting = bucket.settings.get('encryption');
  if (setting === undefined) return { 'x-amz-server-side-encryption': 'AES256' };
  const rule = parseXml(Buffer.from(setting), 'ServerSideEncryptionConfiguration').Rule as XmlContent;
  const chosen = rule.ApplyServerSideEncryptionByDefault as XmlContent | undefined;
  const key = chosen?.KMSMasterKeyID;
  return {
    'x-amz-server-side-encryption': String(chosen?.SSEAlgorithm ?? 'AES256'),
    ...(key === undefined ? {} : { 'x-amz-server-side-encryption-aws-kms-key-id': String(key) }),
  };
}
