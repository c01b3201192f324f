import { expect, test } from '@jest/globals';
import { withHeldConnections } from './held-connections.ts';
import type { Span } from './span.ts';

const span = (name: string, startMs: number, durationMs: number, more: Partial<Span> = {}): Span => ({
  traceId: 't',
  spanId: `${name}-${startMs}`,
  parentId: 'call',
  service: name,
  name,
  startMs,
  durationMs,
  isError: false,
  ...more,
});

const added = (spans: readonly Span[]) =>
  withHeldConnections(spans)
    .slice(spans.length)
    .map(({ service, name, startMs, durationMs, parentId }) => ({ service, name, startMs, durationMs, parentId }));

test('while a transaction is open and its database has nothing to do, a connection is held', () => {
  const idle = { service: 'aurora', name: 'idle in transaction', parentId: 'call' };
  expect(
    added([
      span('aurora: commit', 1_600, 10),
      span('aurora: begin', 0, 10),
      span('aurora: hold connection', 20, 10),
      span('dynamodb: put itinerary', 100, 500),
      span('aurora: payments of card', 1_700, 10),
    ]),
  ).toEqual([
    { ...idle, startMs: 10, durationMs: 10 },
    { ...idle, startMs: 30, durationMs: 1_570 },
  ]);
});

test('a transaction of another call, of another database, or without an end holds nothing that is known', () => {
  expect(added([span('aurora: begin', 0, 10), span('aurora: payments of card', 900, 10)])).toEqual([]);
  expect(added([span('aurora: begin', 0, 10), span('orders: commit', 900, 10)])).toEqual([]);
  expect(added([span('aurora: begin', 0, 10), span('aurora: commit', 900, 10, { parentId: 'other' })])).toEqual([]);
});

test('spans named by their service and statement apart are the same', () => {
  const service = 'orders-db';
  const found = added([span('BEGIN', 0, 5, { service }), span('COMMIT', 105, 5, { service })]);
  expect(found).toEqual([{ service, name: 'idle in transaction', startMs: 5, durationMs: 100, parentId: 'call' }]);
});

test('statements that follow each other at once leave nothing idle, and the spans are those given', () => {
  const spans = [span('aurora: begin', 0, 10), span('aurora: insert', 10, 10), span('aurora: commit', 20, 10)];
  expect(withHeldConnections(spans)).toBe(spans);
});

test('a job that starts and ends is no transaction', () => {
  expect(added([span('job: start', 0, 10), span('job: end', 900, 10)])).toEqual([]);
});

test('transactions that begin again and again without an end count once, from the last beginning', () => {
  const begins = Array.from({ length: 20_000 }, (_, at) => span('aurora: begin', at, 1));
  expect(added([...begins, span('aurora: commit', 30_000, 1)])).toHaveLength(1);
});
