import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { logBatch } from '../../test/sample-history.ts';
import { FIREHOSE_WAIT, OVERFLOW_WAIT } from './archive-waits.ts';
import { firehoseArchive } from './firehose-archive.ts';
import { s3ArchiveOverflow } from './s3-archive-overflow.ts';

/** Accepts every connection and request, and never answers. */
let silent: Server;

beforeAll(async () => {
  silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
});

afterAll(async () => {
  silent.closeAllConnections();
  silent.close();
});

/** The client's settings, with a shorter time: it is whether it throws that is asked. */
const shortened = (wait: typeof FIREHOSE_WAIT) => ({
  ...wait,
  requestHandler: { ...wait.requestHandler, requestTimeout: 50 },
  endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

test('a Firehose that takes the connection and does not answer is given up, and the lines go past it', async () => {
  const past: Buffer[] = [];
  const warned: string[] = [];
  const archive = firehoseArchive({
    client: new FirehoseClient(shortened(FIREHOSE_WAIT)),
    deliveryStream: 'archive',
    overflow: async (lines) => void past.push(lines),
    logger: { warn: (said) => void warned.push(String(said)) },
  });

  await archive(logBatch('/aws/lambda/booking', 'aaaa', ['one']), 'us-east-1');

  expect(Buffer.concat(past).toString()).toContain('"message":"one"');
  expect(warned).toEqual(['Firehose takes no records: they go into the archive bucket directly']);
});

test('a bucket that does not answer is given up', async () => {
  const overflow = s3ArchiveOverflow(
    new S3Client({ ...shortened(OVERFLOW_WAIT), forcePathStyle: true }),
    'archive',
    () => 0,
  );

  await expect(overflow(Buffer.from('{}\n'))).rejects.toMatchObject({ name: 'TimeoutError' });
});
