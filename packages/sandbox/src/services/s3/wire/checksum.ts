import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { s3Error } from './s3-error.ts';

/** Checksum headers and how each is computed (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html). */
const CHECKSUMS: Readonly<Record<string, (data: Buffer) => Buffer>> = {
  'x-amz-checksum-crc32': (data) => uint32(crc32(data)),
  'x-amz-checksum-crc32c': (data) => uint32(crc32c(data)),
  'x-amz-checksum-crc64nvme': (data) => crc64nvme(data),
  'x-amz-checksum-sha1': (data) => createHash('sha1').update(data).digest(),
  'x-amz-checksum-sha256': (data) => createHash('sha256').update(data).digest(),
};

/** Checks each checksum that came with a body, and gives those that may be returned with it. Throws `BadDigest`. */
export function verifiedChecksums(data: Buffer, headers: Readonly<Record<string, string>>): Record<string, string> {
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== createHash('md5').update(data).digest('base64')) {
    throw s3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400);
  }
  const sent = Object.keys(CHECKSUMS).filter((name) => headers[name] !== undefined);
  for (const name of sent) {
    if (CHECKSUMS[name]?.(data).toString('base64') === headers[name]) continue;
    const algorithm = name.slice('x-amz-checksum-'.length).toUpperCase();
    throw s3Error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`, 400);
  }
  return Object.fromEntries(sent.map((name) => [name, headers[name] as string]));
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

/** CRC-32/ISCSI: reflected polynomial 0x82F63B78. */
function crc32c(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (crc >>> 8) ^ (CRC32C_TABLE[(crc ^ byte) & 0xff] as number);
  return ~crc >>> 0;
}

const CRC32C_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/** CRC-64/NVME: reflected polynomial 0x9A6C9329AC4BC9B5, in two halves because BigInt arithmetic would take 50 times as long. */
function crc64nvme(data: Buffer): Buffer {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of data) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (CRC64_LOW[index] as number);
    high = (high >>> 8) ^ (CRC64_HIGH[index] as number);
  }
  return Buffer.concat([uint32(~high), uint32(~low)]);
}

const CRC64_TABLE = Array.from({ length: 256 }, (_, index) => {
  let crc = BigInt(index);
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1n ? (crc >> 1n) ^ 0x9a6c9329ac4bc9b5n : crc >> 1n;
  return crc;
});
const CRC64_HIGH = Uint32Array.from(CRC64_TABLE, (crc) => Number(crc >> 32n));
const CRC64_LOW = Uint32Array.from(CRC64_TABLE, (crc) => Number(crc & 0xffffffffn));
