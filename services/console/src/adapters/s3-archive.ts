import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import type { ArchivedLine } from '../domain/search-document.ts';

/**
 * Reads an object of the archive (docs/athena.md) line by line: it may be larger than the function's memory. A line that is no JSON is left
 * where it is, and counted in the log.
 */
export const s3Archive = (s3: S3Client, logger: StructuredLogger) =>
  async function* (Bucket: string, Key: string): AsyncGenerator<ArchivedLine> {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    if (Body === undefined) return;
    const input = (Body as Readable).pipe(createGunzip());
    let unreadable = 0;
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      const line = text === '' ? undefined : parsed(text);
      if (line === undefined) unreadable += Number(text !== '');
      else yield line;
    }
    if (unreadable > 0) logger.warn('Lines of the archive are no JSON', { bucket: Bucket, key: Key, unreadable });
  };

function parsed(text: string): ArchivedLine | undefined {
  try {
    return JSON.parse(text) as ArchivedLine;
  } catch {
    return undefined;
  }
}
