import { expect, test } from '@jest/globals';
import type { TraceSpan } from '@lamplighter/contracts';
import { plain } from '../../terminal/paint.ts';
import { renderSpans } from './render-spans.ts';

const span = (spanId: string, startedAt: number, durationMs: number, more: Partial<TraceSpan> = {}): TraceSpan => ({
  traceId: 't',
  spanId,
  name: spanId,
  startedAt,
  endedAt: startedAt + durationMs,
  durationMs,
  ...more,
});

test('spans stand below what they are a part of, with their times', () => {
  const spans = [
    span('booking', 1_000, 954.125),
    span('payments of card', 1_040, 638, { parentSpanId: 'booking', remoteService: 'aurora' }),
    span('PutItem', 1_700, 12, {
      parentSpanId: 'booking',
      remoteService: 'DynamoDB',
      remoteOperation: 'PutItem',
      error: { type: 'Throttling', message: 'slow\ndown' },
    }),
    span('wait', 1_050, 600, { parentSpanId: 'payments of card' }),
  ];

  expect(renderSpans(spans, 1_002, plain).join('\n')).toBe(`Trace (4 spans, ms after the start)
       -2    954.13 ms  booking
      +38       638 ms    aurora: payments of card
      +48       600 ms      wait
     +698        12 ms    DynamoDB: PutItem  Throttling: slow\\x0adown`);
});

test('orphans and circles are told, each once', () => {
  const spans = [
    span('orphan', 0, 1, { parentSpanId: 'nobody' }),
    span('a', 1, 1, { parentSpanId: 'b' }),
    span('b', 2, 1, { parentSpanId: 'a' }),
    span('self', 3, 1, { parentSpanId: 'self' }),
  ];

  const lines = renderSpans(spans, 0, plain);

  expect(lines.slice(1).map((line) => line.trim().split(' ').at(-1))).toEqual(['orphan', 'a', 'b', 'self']);
});

test('no more than a hundred are shown, and the rest is counted', () => {
  const spans = Array.from({ length: 130 }, (_, at) => span(`s${at}`, at, 1));

  const lines = renderSpans(spans, 0, plain);

  expect(lines).toHaveLength(102);
  expect(lines.at(-1)).toBe('  … 30 more spans');
});

test('a chain as long as an answer can hold is told', () => {
  const spans = Array.from({ length: 5_000 }, (_, at) => span(`s${at}`, at, 1, { parentSpanId: `s${at - 1}` }));

  expect(renderSpans(spans, 0, plain)).toHaveLength(102);
});

test('nothing is said where no span is known', () => {
  expect(renderSpans([], 0, plain)).toEqual([]);
});
