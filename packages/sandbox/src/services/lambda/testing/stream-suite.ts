import { afterEach, beforeEach } from '@jest/globals';
import { type FakeQueues, type FakeStream, fakeBuckets, fakeQueues, fakeStream } from './fake-sources.ts';
import { type LoneLambda, startLoneLambda } from './lone-lambda.ts';

export const STREAM = 'arn:aws:kinesis:us-east-1:123456789012:stream/telemetry';
export const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:failed';
/** Where the clock of each test stands at first. */
export const START = Date.UTC(2026, 0, 1);

/** Logs the records of each batch; fails on `poison` as the environment says: by throwing, or by naming it. */
export const SOURCE = `
const text = ({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString();
export const handler = async ({ Records }) => {
  console.log('BATCH ' + Records.map(text).join(','));
  const poison = Records.filter((record) => text(record).includes('poison'));
  if (poison.length && process.env.MODE === 'throw') throw new Error('poison');
  if (process.env.MODE === 'name') return { batchItemFailures: poison.map(({ kinesis }) => ({ itemIdentifier: kinesis.sequenceNumber })) };
};`;

/** Lambda alone, anew for each test of a suite, beside a stream of two shards, queues and buckets that are fakes. */
export class StreamSuite {
  /** Actions that no role may do. */
  denied: readonly string[] = [];
  stream!: FakeStream;
  queues!: FakeQueues;
  buckets!: ReturnType<typeof fakeBuckets>;
  lambda!: LoneLambda;

  /** Registers what starts Lambda before each test of the suite and stops it after it. */
  constructor() {
    beforeEach(() => this.#start());
    afterEach(() => this.lambda.stop());
  }

  /** Deploys the function `reader`. */
  readonly deploy = (mode: 'fine' | 'throw' | 'name') =>
    this.lambda.deploy('reader', SOURCE, { Environment: { Variables: { MODE: mode } } });

  /** Lets it read the stream. */
  readonly map = (properties: Readonly<Record<string, unknown>> = {}) =>
    this.lambda.provide('AWS::Lambda::EventSourceMapping', {
      FunctionName: 'reader',
      EventSourceArn: STREAM,
      StartingPosition: 'TRIM_HORIZON',
      ...properties,
    });

  /** Writes records to a shard, and waits until they were read. */
  readonly put = async (data: readonly string[], partitionKey = 'lamp', shard = 0) => {
    this.stream.put(
      `shardId-00000000000${shard}`,
      data.map((text) => ({ partitionKey, data: text })),
    );
    await this.lambda.idle();
  };

  /** Batches that the function has got so far. */
  readonly batches = () =>
    this.lambda.messages('reader').flatMap((message) => /\tBATCH (.*)\n/.exec(message)?.[1] ?? []);

  async #start(): Promise<void> {
    let now = () => START;
    this.denied = [];
    this.stream = fakeStream(['shardId-000000000000', 'shardId-000000000001'], () => now());
    this.queues = fakeQueues();
    this.buckets = fakeBuckets();
    this.lambda = await startLoneLambda({
      startMs: START,
      isAllowed: (action) => !this.denied.includes(action),
      others: { kinesis: this.stream.peer, sqs: this.queues.peer, s3: this.buckets.peer },
    });
    now = () => this.lambda.clock.now();
  }
}
