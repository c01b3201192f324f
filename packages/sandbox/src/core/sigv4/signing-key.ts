import { createHash, createHmac } from 'node:crypto';

export const sha256Hex = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

export const hmac = (key: string | Buffer, text: string | Buffer): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** The key of one day, region and service, derived from a secret access key. */
export function signingKey(secret: string, scope: { scopeDate: string; region: string; signingName: string }): Buffer {
  return [scope.scopeDate, scope.region, scope.signingName, 'aws4_request'].reduce<Buffer>(
    (key, part) => hmac(key, part),
    Buffer.from(`AWS4${secret}`),
  );
}
