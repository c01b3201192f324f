import type { Readable } from 'node:stream';

export class BodyTooLargeError extends Error {
  constructor(largestBytes: number) {
    super(`The request body is larger than ${largestBytes} bytes.`);
    this.name = 'BodyTooLargeError';
  }
}

/** Reads a request's body whole; throws {@link BodyTooLargeError} as soon as it grows past the limit, and where the caller hangs up. */
export async function readBody(stream: Readable, largestBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes > largestBytes) throw new BodyTooLargeError(largestBytes);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
