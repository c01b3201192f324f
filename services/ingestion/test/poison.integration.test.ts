import { gunzipSync, gzipSync } from 'node:zlib';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { GetEventSourceMappingCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PayloadRejected } from '@lamplighter/contracts';
import type { LogBatch } from '@lamplighter/lambda-logs';
import { type CaughtEvent, catchEvents } from './caught-events.ts';
import { type Pipeline, payloadOf, startPipeline } from './deployed-pipeline.ts';
import { STAGE_OF } from './packaged-stacks.ts';
import { logBatch, report } from './sample-history.ts';

const DOORS = ['direct', 'stream'] as const;
const START_MS = Date.UTC(2026, 0, 15, 10, 11);

const neighbour = (number: number, line = 'served'): { id: string; batch: LogBatch } => {
  const id = `${String(number).padStart(8, '0')}-aaaa-4aaa-8aaa-aaaaaaaaaaaa`;
  const hex = String(1000 + number);
  return {
    id,
    batch: logBatch('/aws/lambda/lobby', hex, [
      `START RequestId: ${id} Version: 1`,
      line,
      `END RequestId: ${id}`,
      report(id),
    ]),
  };
};
const dataMessage = (members: object): Buffer => {
  const { events: logEvents, ...source } = neighbour(999).batch;
  return Buffer.from(JSON.stringify({ messageType: 'DATA_MESSAGE', ...source, logEvents, ...members }));
};
const notUtf8 = (): Buffer =>
  Buffer.concat([dataMessage({}).subarray(0, -2), Buffer.from([0xff, 0xfe]), Buffer.from(']}')]);
const aggregated = Buffer.concat([Buffer.from([0xf3, 0x89, 0x9a, 0xc2]), gzipSync(dataMessage({}))]);

/** What may come instead of a payload, and the reason it is set aside for. */
const POISON: readonly { readonly name: string; readonly reason: string; readonly bytes: Buffer }[] = [
  { name: 'nothing', reason: 'empty-payload', bytes: Buffer.alloc(0) },
  { name: 'bytes of another kind', reason: 'unknown-encoding', bytes: Buffer.from('hello, is this the lamplighter?') },
  {
    name: 'broken gzip',
    reason: 'bad-gzip',
    bytes: Buffer.concat([gzipSync('{}').subarray(0, 10), Buffer.alloc(40, 0xee)]),
  },
  { name: 'half a gzip', reason: 'truncated-gzip', bytes: payloadOf(neighbour(998).batch).subarray(0, 120) },
  { name: 'a gzip bomb', reason: 'inflated-too-large', bytes: gzipSync(Buffer.alloc(80 * 1024 * 1024, 0x20)) },
  { name: 'no UTF-8', reason: 'bad-utf8', bytes: gzipSync(notUtf8()) },
  { name: 'half a JSON', reason: 'bad-json', bytes: gzipSync(dataMessage({}).subarray(0, 200)) },
  {
    name: 'deep JSON',
    reason: 'json-too-complex',
    bytes: gzipSync(`{"a":${'['.repeat(600_000)}${']'.repeat(600_000)}}`),
  },
  { name: 'a list', reason: 'not-an-object', bytes: gzipSync('[1,2]') },
  { name: 'another message', reason: 'unknown-message-type', bytes: gzipSync('{"messageType":"HELLO"}') },
  { name: 'no log group', reason: 'bad-log-group', bytes: gzipSync(dataMessage({ logGroup: 7 })) },
  { name: 'events that are none', reason: 'bad-log-events', bytes: gzipSync(dataMessage({ logEvents: 'none' })) },
  {
    name: "Lamplighter's own log",
    reason: 'self-feeding',
    bytes: gzipSync(dataMessage({ logGroup: '/aws/lambda/lamplighter-ingestion-dev-query-audit' })),
  },
];

/** Only a stream can hold what another producer packed; to the direct door those are bytes of another kind. */
const poisonAt = {
  direct: [...POISON, { name: 'what a Kinesis producer packed', reason: 'unknown-encoding', bytes: aggregated }],
  stream: [...POISON, { name: 'what a Kinesis producer packed', reason: 'kpl-aggregated', bytes: aggregated }],
} as const;

const CONTROL = gzipSync(
  JSON.stringify({
    messageType: 'CONTROL_MESSAGE',
    owner: 'CloudwatchLogs',
    logGroup: '',
    logStream: '',
    subscriptionFilters: [],
    logEvents: [
      { id: '', timestamp: START_MS, message: 'CWL CONTROL MESSAGE: Checking health of destination Kinesis.' },
    ],
  }),
);

/** Hard to digest, but logs: a line of a megabyte that does not compress, deep JSON and escapes in a line, a broken event among good ones. */
const long = Array.from({ length: 1_000_000 }, (_, at) =>
  String.fromCharCode(33 + ((at * 7919 + (at >> 7) * 104_729) % 94)),
).join('');
const HEAVY = [
  neighbour(100, long),
  neighbour(101, `{"level":"INFO","message":${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
  neighbour(102, '\u0000\ud800 \u001b[31mred\u2028'),
  neighbour(103, JSON.stringify({ stream: 's'.repeat(3_000), sequence_number: 3 })),
  neighbour(104, JSON.stringify({ body: { stream: 's', sequenceNumber: '9'.repeat(2_000) } })),
  neighbour(105, JSON.stringify({ requestId: 't'.repeat(3_000), message: 'x' })),
  neighbour(106, `START RequestId: ${'t'.repeat(3_000)} Version: 1`),
  neighbour(
    107,
    `REPORT RequestId: ${'t'.repeat(3_000)}\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB`,
  ),
];

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline({ doors: DOORS, startMs: START_MS });
});
afterAll(() => pipeline?.stop());

describe.each(DOORS)('poison at the %s door', (door) => {
  const poison = poisonAt[door];
  const neighbours = Array.from({ length: poison.length + 2 }, (_, index) => neighbour(index));
  let rejected: readonly CaughtEvent[];
  const metric = async (MetricName: string, Statistic: 'Sum' | 'Maximum') => {
    const { Datapoints = [] } = await pipeline.sandbox.client(CloudWatchClient).send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/Lambda',
        MetricName,
        Dimensions: [{ Name: 'FunctionName', Value: `lamplighter-ingestion-${STAGE_OF[door]}-ingest-${door}` }],
        StartTime: new Date(START_MS - 3_600_000),
        EndTime: new Date(START_MS + 3_600_000),
        Period: 7_200,
        Statistics: [Statistic],
      }),
    );
    return Datapoints.map((point) => point[Statistic]);
  };
  const letters = async () => {
    const bucket = pipeline.idOf(door, 'DeadLetterBucket');
    const found = await pipeline.sandbox.peers.s3.list(bucket);
    return Promise.all(
      found.map(async ({ key }) => {
        const body = gunzipSync(await pipeline.sandbox.peers.s3.get(bucket, key)).toString();
        return {
          key,
          ...(JSON.parse(body) as { reason: string; detail: string; door: string; payloadBase64: string }),
        };
      }),
    );
  };
  /** The direct door is handed base64 text and keeps it so. */
  const bytesOf = (payloadBase64: string): Buffer => {
    const payload = Buffer.from(payloadBase64, 'base64');
    return door === 'direct' ? Buffer.from(payload.toString(), 'base64') : payload;
  };
  const statusOf = async (requestId: string) => {
    const answer = await pipeline.ask(door, { kind: 'by-request', requestId });
    return answer.kind === 'story' ? answer.story.invocation.status : answer.kind;
  };

  beforeAll(async () => {
    const caught = await catchEvents(pipeline.sandbox, { stage: STAGE_OF[door], detailTypes: ['PayloadRejected'] });
    const payloads = [
      ...poison.flatMap(({ bytes }, index) => [payloadOf(neighbours[index]!.batch), bytes]),
      CONTROL,
      ...HEAVY.map(({ batch }) => payloadOf(batch)),
      // Again: a repetition derives every request that any line names.
      ...HEAVY.slice(1).map(({ batch }) => payloadOf(batch)),
      ...neighbours.slice(poison.length).map(({ batch }) => payloadOf(batch)),
    ];
    await pipeline.deliver(door, payloads);
    for (let seconds = 0; seconds < 6; seconds += 1) await pipeline.settle();
    rejected = await caught();
  });

  test('leaves every neighbour be', async () => {
    const statuses: string[] = [];
    for (const { id } of [...neighbours, ...HEAVY]) statuses.push(await statusOf(id));
    expect(statuses).toEqual([...neighbours, ...HEAVY].map(() => 'success'));
  });

  test.each(poison)('$name is set aside as $reason, whole', async ({ reason, bytes }) => {
    const found = (await letters()).filter(({ payloadBase64 }) => bytesOf(payloadBase64).equals(bytes));
    expect(found).toEqual([
      expect.objectContaining({ door, reason, key: expect.stringMatching(`^rejected/${reason}/`) }),
    ]);
    expect(found[0]?.detail).not.toBe('');
  });

  test('is told on the bus, once for each, with the place where it lies', async () => {
    const bucket = pipeline.idOf(door, 'DeadLetterBucket');
    const told = rejected.map(({ detail }) => PayloadRejected.parse(detail).data);
    const kept = await letters();
    expect(told.map(({ reason }) => reason).sort()).toEqual(poison.map(({ reason }) => reason).sort());
    expect(told.map(({ location }) => location).sort()).toEqual(kept.map(({ key }) => `s3://${bucket}/${key}`).sort());
  });

  test('fails no invocation and holds nothing up', async () => {
    expect(await metric('Errors', 'Sum')).toEqual([0]);
    if (door === 'direct') return;
    const UUID = pipeline.idOf(door, 'TelemetryMapping');
    const mapping = await pipeline.sandbox.client(LambdaClient).send(new GetEventSourceMappingCommand({ UUID }));
    expect(mapping.LastProcessingResult).toBe('OK');
    expect((await metric('IteratorAge', 'Maximum'))[0]).toBeLessThan(10_000);
  });

  test('a broken event among good ones is set aside alone', async () => {
    const { id, batch } = neighbour(200);
    const broken = { id: 'x', timestamp: -1, message: 'from before time' };
    await pipeline.deliver(door, [
      payloadOf({ ...batch, events: [...batch.events.slice(0, 2), broken, ...batch.events.slice(2)] }),
    ]);
    await pipeline.settle();

    expect(await statusOf(id)).toBe('success');
    expect(await letters()).toContainEqual(expect.objectContaining({ reason: 'bad-log-events', rejectedEvents: 1 }));
  });

  test('a megabyte in a line is kept in the story as far as it fits, and whole in the archive', async () => {
    const answer = await pipeline.ask(door, { kind: 'by-request', requestId: HEAVY[0]!.id });
    const line =
      answer.kind === 'story'
        ? answer.story.lines.find(({ message }) => message.startsWith(long.slice(0, 50)))
        : undefined;
    expect(line?.message).toMatch(/\[1000000 bytes; the whole line is in the archive\]$/);

    await pipeline.sandbox.peers.firehose.flush();
    const bucket = pipeline.idOf(door, 'ArchiveBucket');
    const objects = await pipeline.sandbox.peers.s3.list(bucket);
    const lines = await Promise.all(
      objects.map(async ({ key }) => gunzipSync(await pipeline.sandbox.peers.s3.get(bucket, key)).toString()),
    );
    const archived = lines
      .join('')
      .split('\n')
      .filter(Boolean)
      .map((row) => (JSON.parse(row) as { message: string }).message);
    expect(archived.filter((message) => message === long)).toHaveLength(1);
  });
});

test('text that is no base64 is set aside by the direct door', async () => {
  for (const event of [{ awslogs: { data: 'not base64!' } }, { awslogs: {} }, {}, null]) {
    const { FunctionError } = await pipeline.sandbox
      .client(LambdaClient)
      .send(
        new InvokeCommand({ FunctionName: 'lamplighter-ingestion-dev-ingest-direct', Payload: JSON.stringify(event) }),
      );
    expect(FunctionError).toBeUndefined();
  }
  const found = await pipeline.sandbox.peers.s3.list(
    pipeline.idOf('direct', 'DeadLetterBucket'),
    'rejected/bad-base64/',
  );
  expect(found).toHaveLength(1);
});
