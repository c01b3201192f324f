import type { KeyObject } from 'node:crypto';
import { hmac, sha256Hex } from './signing-key.ts';

const EMPTY_HASH = sha256Hex('');

export interface ChunkSigning {
  readonly key: KeyObject;
  /** `20261121T090000Z` */
  readonly date: string;
  /** `20261121/us-east-1/s3/aws4_request` */
  readonly scope: string;
  /** Signature of the request itself: the first chunk is chained to it. */
  readonly seed: string;
}

/**
 * Whether every chunk of an `aws-chunked` body that is signed chunk by chunk (STREAMING-AWS4-HMAC-SHA256-PAYLOAD) carries the signature
 * chained to the one before, and the closing empty chunk is there.
 * Source: S3 API Reference, "Signature calculations for the Authorization header: transferring payload in multiple chunks".
 */
export function chunksAreSigned(body: Buffer, signing: ChunkSigning): boolean {
  let previous = signing.seed;
  let at = 0;
  while (at < body.length) {
    const headEnd = body.indexOf('\r\n', at);
    const head = /^([0-9a-fA-F]{1,8});chunk-signature=([0-9a-f]{64})$/.exec(
      body.toString('latin1', at, Math.max(at, headEnd)),
    );
    if (!head) return false;
    const size = Number.parseInt(head[1]!, 16);
    const data = body.subarray(headEnd + 2, headEnd + 2 + size);
    const text = ['AWS4-HMAC-SHA256-PAYLOAD', signing.date, signing.scope, previous, EMPTY_HASH, sha256Hex(data)].join(
      '\n',
    );
    if (data.length !== size || hmac(signing.key, text).toString('hex') !== head[2]) return false;
    if (size === 0) return true;
    previous = head[2]!;
    at = headEnd + 2 + size + 2;
  }
  return false;
}
