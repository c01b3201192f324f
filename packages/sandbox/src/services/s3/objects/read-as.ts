import { parsePolicyDocument } from '../../../iam/policies/policy-document.ts';
import { evaluateResourcePolicy } from '../../../iam/policies/resource-policy.ts';
import type { Bucket } from '../buckets/bucket.ts';
import { bucketArn, objectArn } from '../buckets/bucket-arn.ts';
import type { Buckets } from '../buckets/buckets.ts';
import type { ObjectReader, ReadOutcome } from '../s3-peer.ts';

/**
 * Reads an object as a service of AWS (or as anybody, without a reader), by the bucket's policy alone. What is not there is denied to
 * whoever may not list the bucket.
 */
export function readAs(buckets: Buckets, reader: ObjectReader | undefined, name: string, key: string): ReadOutcome {
  if (!buckets.has(name)) return { kind: 'missing' };
  const bucket = buckets.named(name);
  const mayRead = allows(bucket, reader, 's3:GetObject', objectArn(name, key));
  const object = bucket.current(key);
  if (object && mayRead) return { kind: 'object', body: object.body, headers: headersOf(object) };
  const mayList = allows(bucket, reader, 's3:ListBucket', bucketArn(name));
  return { kind: mayRead && mayList ? 'missing' : 'denied' };
}

function headersOf({
  headers,
  etag,
  lastModified,
}: NonNullable<ReturnType<Bucket['current']>>): Record<string, string> {
  return { ...headers, etag, 'last-modified': new Date(lastModified).toUTCString() };
}

function allows(bucket: Bucket, reader: ObjectReader | undefined, action: string, resource: string): boolean {
  const policy = bucket.settings.get('policy');
  if (policy === undefined) return false;
  const context = reader
    ? { 'aws:SourceArn': reader.sourceArn, 'aws:SourceAccount': reader.sourceAccount, 'aws:SecureTransport': 'true' }
    : { 'aws:SecureTransport': 'true' };
  const requester = { kind: 'service' as const, service: reader?.service ?? 'anonymous' };
  return evaluateResourcePolicy(parsePolicyDocument(policy), requester, { action, resource, context }) === 'allow';
}
