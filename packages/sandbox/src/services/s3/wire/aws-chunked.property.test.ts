import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeAwsChunked } from './aws-chunked.ts';

const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 8 });

test('the chunks of a body make the body again, and its trailers are read', () => {
  fc.assert(
    fc.property(chunks, (parts) => {
      const { data, trailers } = decodeAwsChunked(encode(parts));

      expect(data.equals(Buffer.concat(parts))).toBe(true);
      expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'AAAAAA==' });
    }),
  );
});

test('a body that is cut before its last chunk is refused', () => {
  fc.assert(
    fc.property(chunks, fc.nat(), (parts, at) => {
      const body = encode(parts);
      const lastChunk = body.lastIndexOf('0\r\nx-amz-checksum');

      expect(() => decodeAwsChunked(body.subarray(0, at % (lastChunk + 1)))).toThrow('terminated unexpectedly');
    }),
  );
});

function encode(parts: readonly Uint8Array[]): Buffer {
  const framed = parts.flatMap((part) => [Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
  return Buffer.concat([...framed, Buffer.from('0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n')]);
}
