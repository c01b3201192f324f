import { Buffer } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import { type RejectedPayload, rejected } from '../reject-reason.ts';

type Bytes = { readonly kind: 'bytes'; readonly bytes: Buffer };

const GZIP_FIRST = 0x1f;
const GZIP_SECOND = 0x8b;
const OPEN_BRACE = 0x7b;
/** Output is gathered in one piece when the trailer's length is honest; a lying trailer may cost at most this much memory. */
const LARGEST_FIRST_CHUNK = 8 * 1024 * 1024;
const SMALLEST_CHUNK = 1024;

/**
 * Strict base64: standard alphabet, padded to a multiple of four. Line breaks are accepted, because the `base64` command writes them;
 * any other character, the URL alphabet included, is refused.
 */
export function decodeBase64(text: string): Bytes | RejectedPayload {
  const joined = text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]/g, '') : text;
  if (joined.length === 0) return rejected('empty-payload', 'no characters');
  if (joined.length % 4 !== 0) return rejected('bad-base64', `length ${joined.length} is not a multiple of 4`);
  if (joined.includes('-') || joined.includes('_')) return rejected('bad-base64', 'URL-safe alphabet');
  const bytes = Buffer.from(joined, 'base64');
  const padding = joined.endsWith('==') ? 2 : joined.endsWith('=') ? 1 : 0;
  // Node's decoder skips what it does not know, so a wrong character shows as a missing byte.
  if (bytes.length !== (joined.length / 4) * 3 - padding)
    return rejected('bad-base64', 'characters outside the alphabet');
  return { kind: 'bytes', bytes };
}

/** Raw gzip or bare JSON bytes -> JSON bytes, never more than `maxInflatedBytes` of them. */
export function inflate(bytes: Buffer, maxInflatedBytes: number): Bytes | RejectedPayload {
  if (bytes.length === 0) return rejected('empty-payload', 'no bytes');
  if (bytes[0] === GZIP_FIRST && bytes[1] === GZIP_SECOND) return gunzip(bytes, maxInflatedBytes);
  if (bytes[0] !== OPEN_BRACE)
    return rejected('unknown-encoding', `neither gzip nor JSON: starts with ${firstBytes(bytes)}`);
  if (bytes.length > maxInflatedBytes) return tooLarge(maxInflatedBytes);
  return { kind: 'bytes', bytes };
}

function gunzip(bytes: Buffer, maxInflatedBytes: number): Bytes | RejectedPayload {
  if (bytes.length < 18)
    return rejected('truncated-gzip', `${bytes.length} bytes are less than a header and a trailer`);
  // RFC 1952: the last four bytes are the inflated length; one chunk of that size saves the copying of many small ones.
  const announced = bytes.readUInt32LE(bytes.length - 4) + 1;
  const chunkSize = Math.max(SMALLEST_CHUNK, Math.min(announced, maxInflatedBytes + 1, LARGEST_FIRST_CHUNK));
  try {
    return { kind: 'bytes', bytes: gunzipSync(bytes, { maxOutputLength: maxInflatedBytes, chunkSize }) };
  } catch (error) {
    return gzipFailure(error as NodeJS.ErrnoException, maxInflatedBytes);
  }
}

function gzipFailure(error: NodeJS.ErrnoException, maxInflatedBytes: number): RejectedPayload {
  if (error.code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(maxInflatedBytes);
  if (error.code === 'Z_BUF_ERROR') return rejected('truncated-gzip', error.message);
  return rejected('bad-gzip', error.message);
}

const tooLarge = (maxInflatedBytes: number): RejectedPayload =>
  rejected('inflated-too-large', `more than ${maxInflatedBytes} bytes of JSON`);

const firstBytes = (bytes: Buffer): string => bytes.subarray(0, 4).toString('hex');
