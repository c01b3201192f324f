import { expect, test } from '@jest/globals';
import { requestsOf } from './requests-of.ts';
import type { Span } from './span.ts';

const span = (spanId: string, parentId: string | undefined, startMs: number, durationMs: number, service = spanId) => ({
  traceId: 't',
  spanId,
  ...(parentId !== undefined && { parentId }),
  service,
  name: service,
  startMs,
  durationMs,
  isError: false,
});
const timesOf = (spans: readonly Span[]) =>
  Object.fromEntries(spans.map(({ spanId, startMs, durationMs }) => [spanId, [startMs, durationMs]]));

test('a request is what lies below the own span, cut to what it lies below', () => {
  const spans = [
    span('caller', undefined, 0, 900),
    span('own', 'caller', 100, 200, 'f'),
    span('early', 'own', 90, 20),
    span('beyond', 'own', 250, 500),
    span('below', 'beyond', 260, 480),
    span('later', 'own', 301, 50),
    span('below-later', 'later', 150, 50),
    span('beside', 'caller', 150, 50),
  ];
  const requests = requestsOf(spans, 'f');
  expect(timesOf(requests)).toEqual({ own: [100, 200], early: [100, 10], beyond: [250, 50], below: [260, 40] });
  expect(requests.find(({ spanId }) => spanId === 'own')).not.toHaveProperty('parentId');
});

test('spans of the function below its own are part of the request; two beside each other are two', () => {
  const spans = [
    span('one', undefined, 0, 10, 'f'),
    span('inner', 'one', 1, 5, 'f'),
    span('two', undefined, 20, 10, 'f'),
  ];
  const traceIds = requestsOf(spans, 'f').map(({ spanId, traceId }) => [spanId, traceId]);
  expect(Object.fromEntries(traceIds)).toEqual({ one: 't/one', inner: 't/one', two: 't/two' });
});

test('what cannot be placed is in no request: a cycle, a second span of an id, times that are none', () => {
  const spans = [
    span('a', 'b', 0, 10, 'f'),
    span('b', 'a', 0, 10, 'f'),
    span('own', undefined, 0, 10, 'f'),
    span('own', undefined, 0, 99, 'f'),
    span('never', 'own', Number.NaN, 5),
  ];
  expect(timesOf(requestsOf(spans, 'f'))).toEqual({ own: [0, 10] });
});
