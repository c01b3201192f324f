import { describe, expect, test } from '@jest/globals';
import type { LogBatch } from '@lamplighter/lambda-logs';
import fc from 'fast-check';
import { readSpan } from '../domain/spans/read-span.ts';
import type { SpanItem } from '../domain/spans/span-item.ts';
import { SPANS_LOG_GROUP } from '../domain/spans/spans-log-group.ts';
import { traceFrom } from '../domain/spans/trace-from.ts';
import { traceIdOf } from '../domain/spans/trace-id.ts';
import { type IngestSpansDeps, ingestSpans } from './ingest-spans.ts';

const T0 = Date.UTC(2026, 0, 15, 10);
const TRACE = '6968b9f20123456789abcdef01234567';
const line = (more: object = {}) =>
  JSON.stringify({
    traceId: TRACE,
    spanId: '35465b3a9e2f7c6a',
    parentSpanId: '24cd7d670fa455f0',
    name: 'PutItem',
    kind: 'CLIENT',
    startTimeUnixNano: String(BigInt(T0) * 1_000_000n),
    endTimeUnixNano: String(BigInt(T0 + 125) * 1_000_000n),
    attributes: { 'aws.remote.service': 'AWS::DynamoDB' },
    resource: { attributes: { 'faas.name': 'booking' } },
    ...more,
  });
const nanos = (ms: number) => String(BigInt(ms) * 1_000_000n);
const batchOf = (...messages: string[]): LogBatch => ({
  owner: '123456789012',
  logGroup: SPANS_LOG_GROUP,
  logStream: 'default',
  subscriptionFilters: [],
  events: messages.map((message, index) => ({ id: String(index), timestamp: T0 + 200, message })),
});

function memory() {
  const items = new Map<string, SpanItem>();
  const deps: IngestSpansDeps = {
    region: 'us-east-1',
    auditDays: 90,
    ownLogGroupPrefix: '/aws/lambda/lamplighter-',
    archive: async () => {},
    spans: { put: async (item) => void items.set(`${item.pk} ${item.sk}`, item) },
  };
  return { items, deps };
}

describe('ingestSpans', () => {
  test('keeps each span under its trace, once however often it comes', async () => {
    const { items, deps } = memory();
    const batch = batchOf(line(), line({ spanId: '24CD7D670FA455F0', parentSpanId: '' }));
    expect(await ingestSpans(batch, deps)).toEqual([]);
    await ingestSpans({ ...batch, events: batch.events.toReversed() }, deps);

    expect(
      [...items.values()].map(({ pk, span, expiresAt }) => [pk, span.spanId, span.parentSpanId, expiresAt]),
    ).toEqual([
      [`TRACE#${TRACE}`, '35465b3a9e2f7c6a', '24cd7d670fa455f0', T0 / 1000 + 90 * 86_400],
      [`TRACE#${TRACE}`, '24cd7d670fa455f0', undefined, T0 / 1000 + 90 * 86_400],
    ]);
    expect([...items.values()][0]!.span).toMatchObject({
      spanKind: 'client',
      remoteService: 'AWS::DynamoDB',
      durationMs: 125,
    });
  });

  test.each([
    ['no JSON', 'hello', 'not-a-span'],
    ['another trace id', line({ traceId: 'x' }), 'bad-trace-id'],
    ['the trace id of nobody', line({ traceId: '0'.repeat(32) }), 'bad-trace-id'],
    ['another span id', line({ spanId: '../../etc' }), 'bad-span-id'],
    ['an end before the start', line({ endTimeUnixNano: nanos(T0 - 1) }), 'bad-times'],
    ['10^300', line({ startTimeUnixNano: 1, endTimeUnixNano: 1e300 }), 'from-the-future'],
    ['the future', line({ endTimeUnixNano: nanos(T0 + 2 * 3_600_000) }), 'from-the-future'],
    ['long ago', line({ startTimeUnixNano: nanos(T0 - 30 * 86_400_000) }), 'too-old'],
  ])('sets aside a span of %s, and keeps its neighbour', async (_name, message, reason) => {
    const { items, deps } = memory();
    expect(await ingestSpans(batchOf(message, line()), deps)).toEqual([reason]);
    expect(items.size).toBe(1);
  });

  test("leaves Lamplighter's own spans out", async () => {
    const { items, deps } = memory();
    const own = line({ resource: { attributes: { 'faas.name': 'lamplighter-ingestion-dev-ingest-direct' } } });
    expect(await ingestSpans(batchOf(own), deps)).toEqual([]);
    expect(items.size).toBe(0);
  });

  test('never fails for what an event holds', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.dictionary(
          fc.constantFrom(
            'traceId',
            'name',
            'kind',
            'parentSpanId',
            'endTimeUnixNano',
            'status',
            'events',
            'attributes',
          ),
          fc.jsonValue(),
        ),
        (json, more) => {
          expect(['span', 'rejected']).toContain(readSpan({ message: json, timestamp: T0 }).kind);
          expect(['span', 'rejected']).toContain(readSpan({ message: line(more), timestamp: T0 }).kind);
        },
      ),
    );
  });

  test('cuts what is long', () => {
    const read = readSpan({
      message: line({ name: 'n'.repeat(5_000), status: { code: 'ERROR', message: 'm'.repeat(9_000) } }),
      timestamp: T0,
    });
    expect(JSON.stringify(read).length).toBeLessThan(2_000);
  });
});

describe('traceIdOf', () => {
  test.each([
    ['1-6968b9f2-0123456789abcdef01234567', TRACE],
    ['6968B9F20123456789ABCDEF01234567', TRACE],
    ['Root=1-6968b9f2-0123456789abcdef01234567', undefined],
    ['', undefined],
  ])('reads %j', (text, id) => {
    expect(traceIdOf(text)).toBe(id);
  });
});

describe('traceFrom', () => {
  const span = (spanId: string, startedAt: number, endedAt = startedAt + 5) => ({
    traceId: TRACE,
    spanId,
    name: 'n',
    startedAt,
    endedAt,
    durationMs: endedAt - startedAt,
  });

  test('orders spans, and of two with one id believes the one that ended later, in whatever order they come', () => {
    const spans = [span('b', 10), span('a', 10), span('c', 1), span('c', 3, 90)];
    const trace = traceFrom(TRACE, spans);
    expect(trace.spans.map(({ spanId, endedAt }) => [spanId, endedAt])).toEqual([
      ['c', 90],
      ['a', 15],
      ['b', 15],
    ]);
    expect(traceFrom(TRACE, spans.toReversed())).toEqual(trace);
  });

  test('counts what an answer cannot hold', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => span(String(index).padStart(16, '0'), index));
    const { spans, spansOmitted } = traceFrom(TRACE, many);
    expect(spans.length + spansOmitted).toBe(20_000);
    expect(spans.length).toBeGreaterThan(5_000);
    expect(JSON.stringify(spans).length).toBeLessThan(1_100_000);
  });
});
