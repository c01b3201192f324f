import { CloudWatchLogsClient, DescribeSubscriptionFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import { PutTraceSegmentsCommand, XRayClient } from '@aws-sdk/client-xray';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SPANS_LOG_GROUP } from '../src/domain/spans/spans-log-group.ts';
import { asText, type Pipeline, payloadOf, startPipeline } from './deployed-pipeline.ts';
import { logBatch, report } from './sample-history.ts';

const DOORS = ['direct', 'stream'] as const;
const REQUEST = '12121212-1212-4212-8212-121212121212';
const X_RAY_ID = '1-6968b9f2-0123456789abcdef01234567';
const TRACE = '6968b9f20123456789abcdef01234567';
const [ROOT, CALL] = ['1111111111111111', '2222222222222222'];
const T0 = Date.UTC(2026, 0, 15, 9, 59, 30);

const span = (spanId: string, name: string, startMs: number, endMs: number, more: object = {}): string =>
  JSON.stringify({
    traceId: TRACE,
    spanId,
    name,
    startTimeUnixNano: String(BigInt(T0 + startMs) * 1_000_000n),
    endTimeUnixNano: String(BigInt(T0 + endMs) * 1_000_000n),
    ...more,
  });
const spans = {
  ...logBatch(SPANS_LOG_GROUP, 'abab', [
    span(CALL!, 'DynamoDB.PutItem', 60, 110, {
      parentSpanId: ROOT,
      kind: 'CLIENT',
      attributes: { 'aws.remote.service': 'AWS::DynamoDB', 'http.response.status_code': 200 },
    }),
    span(ROOT!, 'booking', 40, 160, {
      kind: 'SERVER',
      attributes: { 'faas.invocation_id': REQUEST },
      resource: { attributes: { 'faas.name': 'booking', 'service.name': 'booking' } },
    }),
    '{"traceId":"nobody","spanId":"x","startTimeUnixNano":1,"endTimeUnixNano":2}',
  ]),
  logStream: 'default',
};
const requestOf = () =>
  logBatch('/aws/lambda/booking', 'cdcd', [
    `START RequestId: ${REQUEST} Version: 7`,
    `END RequestId: ${REQUEST}`,
    report(REQUEST, `\nXRAY TraceId: ${X_RAY_ID}\tSegmentId: ${ROOT}\tSampled: true\t`),
  ]);

const SAMPLED_REQUEST = '34343434-3434-4434-8434-343434343434';
const SAMPLED_ID = '1-6968b9f2-fedcba9876543210fedcba98';
const sampled = () =>
  logBatch('/aws/lambda/booking', 'efef', [
    `START RequestId: ${SAMPLED_REQUEST} Version: 7`,
    `END RequestId: ${SAMPLED_REQUEST}`,
    report(SAMPLED_REQUEST, `\nXRAY TraceId: ${SAMPLED_ID}\tSegmentId: ${ROOT}\tSampled: true\t`),
  ]);

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline({ doors: DOORS, startMs: Date.UTC(2026, 0, 15, 10, 5) });
  await pipeline.createLogGroups([SPANS_LOG_GROUP, '/aws/lambda/booking']);
  await pipeline.write([spans, requestOf()]);
});
afterAll(() => pipeline?.stop());

describe.each(DOORS)('the spans that come by the %s door', (door) => {
  test('are subscribed as the functions are, and are no function', async () => {
    const { subscriptionFilters = [] } = await pipeline.sandbox
      .client(CloudWatchLogsClient)
      .send(new DescribeSubscriptionFiltersCommand({ logGroupName: SPANS_LOG_GROUP }));
    expect(subscriptionFilters.map(({ filterName }) => filterName).sort()).toEqual([
      'lamplighter-dev',
      'lamplighter-prod',
    ]);
    expect(await pipeline.ask(door, { kind: 'functions' })).toMatchObject({
      functions: [{ functionName: 'booking' }],
    });
  });

  test.each([X_RAY_ID, TRACE, TRACE.toUpperCase()])('are told by their trace %s, in order', async (traceId) => {
    expect(await pipeline.ask(door, { kind: 'by-trace', traceId })).toEqual({
      kind: 'trace',
      trace: {
        traceId: TRACE,
        spansOmitted: 0,
        spans: [
          expect.objectContaining({ spanId: ROOT, spanKind: 'server', requestId: REQUEST, durationMs: 120 }),
          expect.objectContaining({
            spanId: CALL,
            parentSpanId: ROOT,
            remoteService: 'AWS::DynamoDB',
            httpStatusCode: 200,
          }),
        ],
      },
    });
  });

  test('stand in the story of the request that they belong to', async () => {
    const answer = await pipeline.ask(door, { kind: 'by-request', requestId: REQUEST });
    expect(answer).toMatchObject({
      story: { invocation: { traceId: X_RAY_ID }, spans: [{ spanId: ROOT }, { spanId: CALL }] },
    });
  });

  test('that only X-Ray keeps stand in the story too', async () => {
    const segment = {
      trace_id: SAMPLED_ID,
      id: ROOT,
      name: 'lobby',
      origin: 'AWS::Lambda::Function',
      start_time: T0 / 1000,
      end_time: T0 / 1000 + 0.1,
      subsegments: [
        { id: CALL, name: 'DynamoDB', namespace: 'aws', start_time: T0 / 1000 + 0.02, end_time: T0 / 1000 + 0.09 },
      ],
    };
    await pipeline.sandbox
      .client(XRayClient)
      .send(new PutTraceSegmentsCommand({ TraceSegmentDocuments: [JSON.stringify(segment)] }));
    await pipeline.deliver(door, [payloadOf(sampled())]);
    await pipeline.settle();

    const answer = await pipeline.ask(door, { kind: 'by-request', requestId: SAMPLED_REQUEST });
    expect(answer).toMatchObject({
      story: {
        spans: [
          { spanId: ROOT, functionName: 'lobby', durationMs: 100 },
          { spanId: CALL, remoteService: 'DynamoDB', startedAt: T0 + 20, durationMs: 70 },
        ],
      },
    });
  });

  test('are missing from a story while X-Ray does not answer, and nothing else is', async () => {
    const fault = pipeline.sandbox.faults.inject({
      service: 'xray',
      operation: 'BatchGetTraces',
      effect: { kind: 'error', code: 'ThrottledException' },
    });
    const answer = await pipeline.ask(door, { kind: 'by-request', requestId: SAMPLED_REQUEST });
    fault.lift();

    expect(answer).toMatchObject({ kind: 'story', story: { invocation: { status: 'success' } } });
    expect(answer.kind === 'story' && answer.story.spans).toBeUndefined();
  });

  test('are none of a trace that nobody knows, and an id that is none is said to be', async () => {
    expect(await pipeline.ask(door, { kind: 'by-trace', traceId: 'f'.repeat(32) })).toMatchObject({
      kind: 'not-found',
    });
    expect(await pipeline.ask(door, { kind: 'by-trace', traceId: 'latest' })).toMatchObject({ kind: 'invalid-query' });
  });

  test('change nothing when they come again, in pieces', async () => {
    const before = asText(await pipeline.items(door, 'audit'));
    for (const event of spans.events.toReversed())
      await pipeline.deliver(door, [payloadOf({ ...spans, events: [event] })]);
    await pipeline.settle();
    expect(asText(await pipeline.items(door, 'audit'))).toBe(before);
  });

  test('that are none lie in the dead-letter bucket with their reason', async () => {
    const letters = await pipeline.sandbox.peers.s3.list(pipeline.idOf(door, 'DeadLetterBucket'), 'rejected/');
    expect(new Set(letters.map(({ key }) => key.split('/')[1]))).toEqual(new Set(['bad-spans']));
  });
});
