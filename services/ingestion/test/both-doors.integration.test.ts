import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LogBatch } from '@lamplighter/lambda-logs';
import { deployFunction } from '@lamplighter/sandbox';
import { windowsOf } from '../src/domain/windows/windows-of.ts';
import { ingestBatch } from '../src/ingest/ingest-batch.ts';
import { asText, type Pipeline, startPipeline } from './deployed-pipeline.ts';
import { fullHistory, MORE_REQUESTS } from './full-history.ts';
import { MemoryTables } from './memory-ports.ts';
import { STAGE_OF } from './packaged-stacks.ts';
import { REQUESTS } from './sample-history.ts';

const DOORS = ['direct', 'stream'] as const;
const SINCE = Date.UTC(2026, 0, 15, 9);
const UNTIL = Date.UTC(2026, 0, 15, 11);
const FUNCTIONS = ['booking', 'pricing-py', 'invoices', 'availability'];

let pipeline: Pipeline;
const memory = new MemoryTables();

beforeAll(async () => {
  pipeline = await startPipeline({ doors: DOORS, startMs: Date.UTC(2026, 0, 15, 10, 5) });
  await pipeline.createLogGroups(fullHistory.map(({ logGroup }) => logGroup));
  for (const batch of fullHistory) await ingestBatch(batch, memory.deps());
});
afterAll(() => pipeline?.stop());

/** Nothing written yet: the next variant begins with empty tables. */
async function emptyTables(): Promise<void> {
  const client = pipeline.sandbox.client(DynamoDBClient);
  for (const door of DOORS) {
    for (const table of ['audit', 'timeline'] as const) {
      const keys = (await pipeline.items(door, table)).map(({ pk, sk }) => ({
        DeleteRequest: { Key: { pk: { S: String(pk) }, sk: { S: String(sk) } } },
      }));
      while (keys.length > 0)
        await client.send(
          new BatchWriteItemCommand({
            RequestItems: { [`lamplighter-${STAGE_OF[door]}-${table}`]: keys.splice(0, 25) },
          }),
        );
    }
  }
}

const newestFirst = (history: readonly LogBatch[]): LogBatch[] =>
  history.map((batch) => ({ ...batch, events: batch.events.toReversed() })).reverse();

const windows = async (door: (typeof DOORS)[number]) => {
  const answers: unknown[] = [];
  for (const functionName of FUNCTIONS)
    answers.push(await pipeline.ask(door, { kind: 'windows', functionName, since: SINCE, until: UNTIL }));
  return answers;
};

describe.each([
  { variant: 'as it was written', shape: {}, history: fullHistory },
  {
    variant: 'one event a payload, shuffled',
    shape: { maxEventsPerPayload: 1, shuffle: true, seed: 3 },
    history: fullHistory,
  },
  {
    variant: 'cut at random, shuffled, half of it twice',
    shape: { maxEventsPerPayload: 4, randomSplits: true, shuffle: true, duplicateProbability: 0.5, seed: 7 },
    history: fullHistory,
  },
  {
    variant: 'newest first, everything twice',
    shape: { maxEventsPerPayload: 3, duplicateProbability: 1, seed: 11 },
    history: newestFirst(fullHistory),
  },
])('a history that comes $variant', ({ shape, history }) => {
  beforeAll(async () => {
    await emptyTables();
    pipeline.sandbox.peers.logs.delivery.reshape({
      maxEventsPerPayload: Number.POSITIVE_INFINITY,
      randomSplits: false,
      shuffle: false,
      duplicateProbability: 0,
      ...shape,
    });
    await pipeline.write(history);
  });

  test.each(DOORS)('ends in the same audit items by the %s door', async (door) => {
    expect(asText(await pipeline.items(door, 'audit'))).toBe(memory.snapshot());
  });

  test.each(DOORS)('ends in the same windows by the %s door', async (door) => {
    const items = [...memory.invocations.values()];
    const expected = FUNCTIONS.map((name) => ({
      kind: 'windows',
      windows: windowsOf(
        name,
        items.filter(({ functionName }) => functionName === name),
        SINCE,
        UNTIL,
      ),
    }));
    expect(await windows(door)).toEqual(expected);
  });
});

describe('what the audit answers', () => {
  const story = async (requestId: string) => {
    const answer = await pipeline.ask('direct', { kind: 'by-request', requestId });
    if (answer.kind !== 'story') throw new Error(`no story of ${requestId}`);
    return answer.story;
  };

  test.each([
    [REQUESTS.cold, { functionName: 'booking', status: 'success', coldStart: true, initDurationMs: 210 }],
    [MORE_REQUESTS.json, { functionName: 'invoices', version: '12', status: 'success', maxMemoryUsedMb: 88 }],
    [MORE_REQUESTS.jsonFailed, { status: 'error', errorType: 'RangeError', errorMessage: 'amount below zero' }],
    [MORE_REQUESTS.timedOut, { status: 'timeout', durationMs: 3000 }],
    [MORE_REQUESTS.outOfMemory, { status: 'out-of-memory', maxMemoryUsedMb: 128 }],
    [MORE_REQUESTS.badInit, { status: 'init-error', errorType: 'Runtime.ImportModuleError' }],
    [MORE_REQUESTS.thrice, { status: 'success', attempts: 3 }],
  ])('%s', async (requestId, figures) => {
    expect((await story(requestId)).invocation).toMatchObject(figures);
  });

  test('a story holds figures, attempts, messages, cost, trace and lines in order', async () => {
    const told = await story(MORE_REQUESTS.json);

    expect(told.invocation).toMatchObject({
      accountId: '123456789012',
      region: 'us-east-1',
      traceId: '1-6968b9f2-0123456789abcdef01234567',
      messages: [{ stream: 'invoices', sequenceNumber: '20' }],
      missing: [],
    });
    expect(told.invocation.costUsd).toBeGreaterThan(0);
    expect(told.lines.map(({ source }) => source)).toEqual(['platform', 'platform', 'application', 'platform']);
    expect(told.lines.map(({ timestamp }) => timestamp)).toEqual(told.lines.map(({ timestamp }) => timestamp).sort());
    expect(told.lines.some(({ message }) => message.includes('größe ✓'))).toBe(true);
  });

  test('a handler of the JSON log format that threw has failed, though its platform says success', async () => {
    const name = 'invoices-check';
    const code =
      "exports.handler = async () => { console.log('checking'); throw new RangeError('amount below zero'); };";
    await deployFunction(pipeline.sandbox, { name, code, logFormat: 'JSON' });
    await pipeline.createLogGroups([`/aws/lambda/${name}`]);
    const { $metadata } = await pipeline.sandbox.client(LambdaClient).send(new InvokeCommand({ FunctionName: name }));
    await pipeline.settle(5_000);

    const { invocation, lines } = await story($metadata.requestId!);
    expect(invocation).toMatchObject({ status: 'error', errorType: 'RangeError', errorMessage: 'amount below zero' });
    expect(lines.at(-1)?.message).toContain('"status":"success"');
  });

  test('messages of a stream come in their order, each with the request that processed it', async () => {
    const answer = await pipeline.ask('stream', { kind: 'by-sequence', stream: 'bookings' });

    expect(answer).toMatchObject({
      messages: [
        { sequenceNumber: expect.stringMatching(/898$/), requestId: REQUESTS.cold },
        { sequenceNumber: expect.stringMatching(/899$/), requestId: REQUESTS.retried, status: 'success' },
      ],
    });
  });

  test('pages of a function together are its whole history', async () => {
    const pages: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const answer = await pipeline.ask('direct', {
        kind: 'by-function',
        functionName: 'availability',
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      });
      if (answer.kind !== 'invocations') throw new Error(answer.kind);
      pages.push(...answer.invocations.map(({ requestId }) => requestId));
      cursor = answer.cursor;
      if (cursor === undefined) break;
    }
    const { timedOut, outOfMemory, badInit, thrice } = MORE_REQUESTS;
    expect(pages).toEqual([...new Set(pages)]);
    expect([...pages].sort()).toEqual([timedOut, outOfMemory, badInit, thrice].sort());
  });

  test('a forged request does not exist', async () => {
    expect(await pipeline.ask('direct', { kind: 'by-request', requestId: REQUESTS.ghost })).toMatchObject({
      kind: 'not-found',
    });
  });
});
