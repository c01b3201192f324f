import { describe, expect, test } from '@jest/globals';
import { QUEUE, STREAM, StreamSuite } from '../testing/stream-suite.ts';

const suite = new StreamSuite();
const { deploy, map, put, batches } = suite;

describe('a batch that fails', () => {
  test('blocks its own shard only, and is retried whole with back-off', async () => {
    await deploy('throw');
    await map({ MaximumRetryAttempts: 2 });

    await put(['a', 'poison', 'b']);
    await put(['other'], 'key', 1);
    expect(batches()).toEqual(['a,poison,b', 'other']);
    await put(['c']);
    await suite.lambda.clock.advance(1_000);
    expect(batches()).toEqual(['a,poison,b', 'other', 'a,poison,b']);

    await suite.lambda.clock.advance(2_000);

    // Its attempts are used up: it is given up, and what came after it follows.
    expect(batches()).toEqual(['a,poison,b', 'other', 'a,poison,b', 'a,poison,b', 'c']);
  });

  test('is halved down to the poison, which costs no retry', async () => {
    await deploy('throw');
    await map({
      MaximumRetryAttempts: 0,
      BisectBatchOnFunctionError: true,
      DestinationConfig: { OnFailure: { Destination: QUEUE } },
    });

    await put(['a', 'b', 'poison', 'c']);

    expect(batches()).toEqual(['a,b,poison,c', 'a,b', 'poison,c', 'poison', 'c']);
    expect(suite.queues.sent).toHaveLength(1);
  });

  test('resumes at the first record that the function names', async () => {
    await deploy('name');
    await map({ MaximumRetryAttempts: 1, FunctionResponseTypes: ['ReportBatchItemFailures'] });

    await put(['a', 'poison', 'b']);
    await suite.lambda.clock.advance(1_000);

    expect(batches()).toEqual(['a,poison,b', 'poison,b']);
  });

  test('with bisect sets aside the named record alone', async () => {
    await deploy('name');
    await map({
      MaximumRetryAttempts: 0,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: QUEUE } },
    });

    await put(['a', 'poison', 'b', 'c']);
    await suite.lambda.clock.advance(60_000);

    expect(batches()).toEqual(['a,poison,b,c', 'poison,b,c', 'poison,b', 'poison', 'b', 'c']);
    expect(suite.queues.sent).toHaveLength(1);
  });

  test('leaves its metadata in a queue', async () => {
    await deploy('throw');
    await map({ MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: QUEUE } } });

    await put(['a', 'poison']);
    await suite.lambda.clock.advance(1_000);

    expect(JSON.parse(suite.queues.sent[0]?.body ?? '')).toEqual({
      requestContext: {
        requestId: expect.any(String),
        functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:reader',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 2,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: '2026-01-01T00:00:01.000Z',
      KinesisBatchInfo: {
        shardId: 'shardId-000000000000',
        startSequenceNumber: '00000001',
        endSequenceNumber: '00000002',
        approximateArrivalOfFirstRecord: '2026-01-01T00:00:00.000Z',
        approximateArrivalOfLastRecord: '2026-01-01T00:00:00.000Z',
        batchSize: 2,
        streamArn: STREAM,
      },
    });
  });

  test('leaves its records too where the destination is a bucket', async () => {
    await deploy('throw');
    const { ref } = await map({
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::letters' } },
    });

    await put(['poison']);

    const [[key, body] = ['', '']] = [...suite.buckets.objects];
    expect(key).toMatch(
      new RegExp(`^letters/aws/lambda/${ref}/shardId-000000000000/2026/01/01/2026-01-01T00\\.00\\.00-[0-9a-f-]{36}$`),
    );
    const { payload, KinesisBatchInfo } = JSON.parse(body);
    expect(KinesisBatchInfo.batchSize).toBe(1);
    expect(Buffer.from(JSON.parse(payload).Records[0].kinesis.data, 'base64').toString()).toBe('poison');
  });

  test('gives up records that grow too old', async () => {
    await deploy('throw');
    await map({ MaximumRecordAgeInSeconds: 60, DestinationConfig: { OnFailure: { Destination: QUEUE } } });

    await put(['poison']);
    await suite.lambda.clock.advance(120_000);

    expect(JSON.parse(suite.queues.sent[0]?.body ?? '').requestContext).toMatchObject({
      condition: 'RecordAgeExceeded',
    });
    expect(suite.queues.sent).toHaveLength(1);
  });

  test('that was throttled uses up no attempt', async () => {
    await deploy('fine');
    const { PutFunctionConcurrencyCommand, DeleteFunctionConcurrencyCommand } = await import('@aws-sdk/client-lambda');
    await suite.lambda.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'reader', ReservedConcurrentExecutions: 0 }),
    );
    await map({ MaximumRetryAttempts: 0 });
    await put(['a']);
    await suite.lambda.clock.advance(10_000);
    expect(batches()).toEqual([]);

    await suite.lambda.client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'reader' }));
    await suite.lambda.clock.advance(60_000);

    expect(batches()).toEqual(['a']);
  });
});
