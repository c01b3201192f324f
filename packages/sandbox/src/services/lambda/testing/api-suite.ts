import { afterEach, beforeEach } from '@jest/globals';
import { zipSync } from 'fflate';
import { fakeQueues, fakeStream } from './fake-sources.ts';
import { type LoneLambda, startLoneLambda } from './lone-lambda.ts';

export const STREAM = 'arn:aws:kinesis:us-east-1:123456789012:stream/telemetry';
export const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:failed';
/** Of a function `lamp`. */
export const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:lamp';
/** The source of a function that answers a word, and the colour that its environment names. */
export const says = (word: string) =>
  `export const handler = async () => ({ word: '${word}', color: process.env.COLOR });`;
export const zipOf = (source: string) => zipSync({ 'index.mjs': Buffer.from(source) });

/** Lambda alone, anew for each test of a suite, beside a stream and queues that are fakes. */
export class ApiSuite {
  lambda!: LoneLambda;
  /** What chance gives: from 0 to 1. */
  draw = 0.5;

  /** Registers what starts Lambda before each test of the suite and stops it after it. */
  constructor() {
    beforeEach(async () => {
      this.draw = 0.5;
      this.lambda = await startLoneLambda({
        lambda: { random: () => this.draw },
        others: { kinesis: fakeStream(['shardId-000000000000'], () => 0).peer, sqs: fakeQueues().peer },
      });
    });
    afterEach(() => this.lambda.stop());
  }
}
