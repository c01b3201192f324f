import type { Readable } from 'node:stream';

export class BodyTooLargeError extends Error {
  constructor(largestBytes: number) {
    super(`The request body is larger than ${largestBytes} bytes.`);
    this.name = 'BodyTooLargeError';
  }
}

/** Reads a request's body whole; throws {@link BodyTooLargeError} as soon as it grows past the limit, and where the caller hangs up. */
export function readBody(stream: Readable, largestBytes: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', function take(chunk: Buffer) {
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes <= largestBytes) return;
    stream.removeListener('data', take);
    stream.pause();
    reject(new BodyTooLargeError(largestBytes));
  });
  stream.once('end', () => resolve(Buffer.concat(chunks)));
  stream.once('error', reject);
  // After the end this changes nothing.
  stream.once('close', () => reject(new Error('The caller hung up.')));
  return promise;
}
