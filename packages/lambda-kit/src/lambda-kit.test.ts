import { describe, expect, test } from '@jest/globals';
import type { Context, KinesisStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { defineHandler } from './define-handler.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { kinesisBatchResponse } from './kinesis-batch.ts';
import { readEnv } from './read-env.ts';

const context = { awsRequestId: 'r-1', functionName: 'f' } as Context;

describe('defineHandler', () => {
  test('composes once and hands event and dependencies over', async () => {
    let composed = 0;
    const handler = defineHandler({
      name: 'test/double',
      compose: () => {
        composed += 1;
        return { factor: 2 };
      },
      handle: async (event: { value: number }, deps) => event.value * deps.factor,
    });

    const results = [await handler({ value: 2 }, context), await handler({ value: 3 }, context)];

    expect(results).toEqual([4, 6]);
    expect(composed).toBe(1);
  });

  test('lets an error through to Lambda', async () => {
    const handler = defineHandler({
      name: 'test/failing',
      compose: () => ({}),
      handle: async () => {
        throw new Error('table is gone');
      },
    });

    await expect(handler({}, context)).rejects.toThrow('table is gone');
  });
});

describe('readEnv', () => {
  test('gives typed values', () => {
    expect(readEnv({ SHARDS: z.coerce.number() }, { SHARDS: '8' })).toEqual({ SHARDS: 8 });
  });

  test('names what is absent and never shows a value', () => {
    const read = () => readEnv({ TABLE: z.string(), SHARDS: z.coerce.number() }, { SHARDS: 'secret' });
    expect(read).toThrow('The environment lacks or misstates TABLE, SHARDS.');
  });
});

describe('idempotencyKey', () => {
  test('tells parts apart', () => {
    expect(idempotencyKey('ab', 'c')).not.toBe(idempotencyKey('a', 'bc'));
  });

  test('is the same for the same parts', () => {
    expect(idempotencyKey('a', 1)).toBe(idempotencyKey('a', '1'));
  });
});

describe('kinesisBatchResponse', () => {
  test('names the records to deliver again', () => {
    const event = {
      Records: ['1', '2', '3'].map((sequenceNumber) => ({ kinesis: { sequenceNumber } })),
    } as unknown as KinesisStreamEvent;

    const response = kinesisBatchResponse(event, (_record, index) =>
      index === 1 ? { kind: 'retry', error: new Error('throttled') } : { kind: 'done' },
    );

    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  });
});
