import { expect, test } from '@jest/globals';
import type { TraceSpan } from '@lamplighter/contracts';
import { aSpan } from '../testing/a-span.ts';
import { lengthOf } from './intervals.ts';
import { ownCode } from './own-code.ts';
import { spanTree } from './span-tree.ts';

const handler = { from: 1_000, to: 2_000 };
const whose = { requestId: 'r-1', functionName: 'booking' };
const own = (...spans: TraceSpan[]) => lengthOf(ownCode(spanTree(spans), handler, whose));
const aCall = (spanId: string, from: number, to: number, more: Partial<TraceSpan> = {}) =>
  aSpan(spanId, from, to - from, { remoteService: 'aurora', parentSpanId: 'request', ...more });
const REQUEST = aSpan('request', 1_000, 1_000, { requestId: 'r-1', functionName: 'booking' });

test('is what no call covers: calls at the same time count once, and only within the handler', () => {
  expect(
    own(REQUEST, aCall('a', 900, 1_100), aCall('b', 1_200, 1_500), aCall('c', 1_400, 1_600), aCall('d', 1_900, 9_000)),
  ).toBe(400);
});

test('is all of the handler where only the request itself is traced, as X-Ray does without an SDK', () => {
  const part = { parentSpanId: 'function', functionName: 'booking' };
  const service = aSpan('service', 990, 1_020, { requestId: 'r-1' });
  const segment = aSpan('function', 1_000, 1_000, { ...part, requestId: 'r-1', parentSpanId: 'service' });

  expect(own(service, segment, aSpan('i', 1_000, 1_000, { ...part, name: 'Invocation' }))).toBe(1_000);
});

test('is not what work of its own took that has a span; work that has parts is explained by these', () => {
  const work = aSpan('## handler', 1_000, 1_000, { parentSpanId: 'request' });
  const priced = aSpan('price the stay', 1_100, 300, { parentSpanId: '## handler' });

  expect(own(REQUEST, work, priced, aCall('a', 1_500, 1_600, { parentSpanId: '## handler' }))).toBe(600);
});

test('is not explained by what lies below a call, nor by who called', () => {
  const gateway = aSpan('gateway', 900, 1_200, { serviceName: 'api' });
  const lambda = aCall('lambda', 950, 2_050, { parentSpanId: 'gateway', remoteService: 'Lambda' });
  const beside = aCall('beside', 900, 2_000, { parentSpanId: 'gateway', remoteService: 'logs' });
  const below = aSpan('below', 1_100, 700, { parentSpanId: 'a' });

  expect(own(gateway, lambda, beside, { ...REQUEST, parentSpanId: 'lambda' }, aCall('a', 1_100, 1_200), below)).toBe(
    900,
  );
});

test('is not what a call took whose parent a timeout cut off, and is no matter of another function', () => {
  const service = aSpan('service', 990, 1_020, { requestId: 'r-1' });
  const cutOff = { parentSpanId: 'never told' };

  expect(own(service, aCall('a', 1_100, 2_000, cutOff))).toBe(100);
  expect(own(service, aCall('a', 1_100, 2_000, { ...cutOff, functionName: 'other' }))).toBe(1_000);
  expect(own(service, aCall('a', 1_100, 2_000, { ...cutOff, functionName: 'booking' }))).toBe(100);
});

test('is told from what there is where the request itself is not traced', () => {
  const served = aSpan('s', 1_000, 1_000, { functionName: 'booking', spanKind: 'server' });

  expect(own(aSpan('wrapper', 1_000, 1_000), aCall('a', 1_100, 1_600, { parentSpanId: 'wrapper' }))).toBe(500);
  expect(own(served, aCall('a', 1_100, 1_600, { parentSpanId: 's' }))).toBe(500);
});

test('is nothing of a handler that took no time', () => {
  expect(ownCode(spanTree([REQUEST]), { from: 5, to: 5 }, whose)).toEqual([]);
});
