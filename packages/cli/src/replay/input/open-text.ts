import { createReadStream } from 'node:fs';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InputError } from '../../input-error.ts';

/** A gzip inside a gzip inside a gzip is what Firehose makes of subscription payloads at most. */
const MAX_GZIP_LAYERS = 3;

/**
 * The text of a file in chunks: gzip (recognised by its first bytes, however often) is taken off, UTF-16 and byte order marks are
 * understood, invalid UTF-8 becomes U+FFFD. Throws {@link InputError} for a file that is missing, unreadable, or cut off.
 */
export async function* openText(path: string): AsyncGenerator<string> {
  let bytes: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 1 << 18 });
  try {
    for (let layer = 0; ; layer++) {
      const peeked = await peek(bytes);
      bytes = peeked.rest;
      if (peeked.head[0] !== 0x1f || peeked.head[1] !== 0x8b) return yield* decode(peeked.head, bytes);
      if (layer === MAX_GZIP_LAYERS)
        throw new InputError('not-gzip', `${path} is gzip inside of gzip, again and again.`, 'Unpack it first.');
      bytes = gunzip(bytes);
    }
  } catch (error) {
    throw explain(path, error);
  }
}

interface Peeked {
  /** The first bytes, at least two where there are two. */
  readonly head: Buffer;
  /** All bytes, the first ones again. */
  readonly rest: AsyncIterable<Buffer>;
}

async function peek(source: AsyncIterable<Buffer>): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await iterator.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* rest(): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { head, rest: rest() };
}

function gunzip(source: AsyncIterable<Buffer>): Readable {
  const out = new PassThrough();
  pipeline(source, createGunzip(), out).catch((error: unknown) => out.destroy(error as Error));
  return out;
}

async function* decode(head: Buffer, bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder(encodingOf(head));
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** PowerShell's `>` writes UTF-16. */
function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function explain(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  const cause = { cause: error };
  if (code === 'ENOENT') return new InputError('missing-file', `There is no ${path}.`, 'Check the name.', cause);
  if (code === 'EACCES' || code === 'EPERM')
    return new InputError('unreadable-file', `${path} may not be read.`, 'Check its permissions.', cause);
  if (code === 'EISDIR') return new InputError('unreadable-file', `${path} is a directory.`, 'Name its files.', cause);
  if (code === 'Z_BUF_ERROR')
    return new InputError(
      'half-written-gz',
      `${path} ends in the middle of its gzip data.`,
      'Download it again.',
      cause,
    );
  if (code?.startsWith('Z_'))
    return new InputError(
      'not-gzip',
      `${path} is damaged: its gzip data cannot be unpacked (${code}).`,
      'Download it again.',
      cause,
    );
  return error;
}
