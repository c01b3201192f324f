import { s3Error } from './s3-error.ts';

/** A body out of its `aws-chunked` coding, with the trailing headers that followed it. */
export interface DecodedBody {
  readonly data: Buffer;
  readonly trailers: Readonly<Record<string, string>>;
}

/** Whether a client framed the body in chunks, as SDKs do for streams (`STREAMING-UNSIGNED-PAYLOAD-TRAILER` and its kin). */
export function isAwsChunked(headers: Readonly<Record<string, string>>): boolean {
  return (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
}

/** Decodes `<hex size>[;chunk-signature=...]\r\n<data>\r\n` until the chunk of size 0, then trailers. */
export function decodeAwsChunked(body: Buffer): DecodedBody {
  const chunks: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', offset);
    const size = Number.parseInt(body.toString('latin1', offset, Math.max(offset, lineEnd)), 16);
    if (lineEnd < 0 || Number.isNaN(size) || lineEnd + 2 + size > body.length) throw incomplete();
    offset = lineEnd + 2;
    if (size === 0) return { data: Buffer.concat(chunks), trailers: parseTrailers(body.toString('utf8', offset)) };
    chunks.push(body.subarray(offset, offset + size));
    offset += size + 2;
  }
}

function parseTrailers(text: string): Record<string, string> {
  const lines = text.split('\r\n').filter((line) => line.includes(':'));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}

function incomplete(): Error {
  return s3Error(
    'IncompleteBody',
    'The request body terminated unexpectedly: its chunks do not add up to their announced sizes.',
    400,
  );
}
