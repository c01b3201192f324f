import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareSegments } from './compare-segments.ts';
import { linkSpans } from './link-spans.ts';
import { selfTime } from './self-time.ts';
import type { Span } from './span.ts';

const ONSET = Date.UTC(2026, 10, 21, 12);
const SECOND = 1000;
const OBSERVED = ONSET + 3_600_000;

test('the segment whose own time grew explains the delay, and its callers do not', () => {
  const spans = Array.from({ length: 40 }, (_, index) => makeTrace(index, index < 20 ? 50 : 450)).flat();

  const { segments, tracesBefore, tracesAfter, durationAfterMs } = compareSegments(spans, {
    onset: ONSET,
    observedAt: OBSERVED,
  });

  expect([tracesBefore, tracesAfter]).toEqual([20, 20]);
  expect(durationAfterMs).toBeCloseTo(550, -1);
  expect(segments.map(({ service }) => service)).toEqual(['table']);
  expect(segments[0]).toMatchObject({ name: 'Query', since: ONSET });
  expect(segments[0]?.explainedShare).toBeGreaterThan(0.95);
  expect(segments[0]?.sentence).toMatch(
    /^table \(Query\) spends 4\d\d ms itself in place of 5\d(\.\d)? ms a trace since 2026-11-21 12:00 UTC, 9\d(\.\d)? % of the delay\.$|100 % of the delay\.$/,
  );
});

test('an onset that is known late still gives the time of the rise from the traces', () => {
  const spans = Array.from({ length: 60 }, (_, index) => makeTrace(index - 10, index < 30 ? 50 : 450)).flat();

  const [first] = compareSegments(spans, { onset: ONSET + 10 * SECOND, observedAt: OBSERVED }).segments;

  expect(first?.since).toBe(ONSET);
});

test('one request of before that waited for a start does not hide the slow-down since', () => {
  const spans = Array.from({ length: 40 }, (_, index) => makeTrace(index, beforeAndSince(index))).flat();

  const { segments, durationBeforeMs, tracesBefore } = compareSegments(spans, { onset: ONSET, observedAt: OBSERVED });

  expect(tracesBefore).toBe(19);
  expect(durationBeforeMs).toBeCloseTo(150, -1);
  expect(segments[0]).toMatchObject({ service: 'table' });
  expect(segments[0]?.explainedShare).toBeGreaterThan(0.95);

  function beforeAndSince(index: number): number {
    if (index === 0) return 15_000;
    return index < 20 ? 50 : 450;
  }
});

test('what is slow again and again before the onset is normal', () => {
  const spans = Array.from({ length: 40 }, (_, index) => makeTrace(index, index % 5 === 0 ? 15_000 : 50)).flat();

  const { segments, durationBeforeMs } = compareSegments(spans, { onset: ONSET, observedAt: OBSERVED });

  expect(durationBeforeMs).toBeGreaterThan(1_000);
  expect(segments.filter(({ explainedShare }) => explainedShare > 0.5)).toEqual([]);
});

test('errors belong to the segment that failed with no failed child', () => {
  const spans = Array.from({ length: 20 }, (_, index) => makeTrace(index + 10, 50, index >= 10)).flat();

  const [first] = compareSegments(spans, { onset: ONSET, observedAt: OBSERVED }).segments;

  expect(first).toMatchObject({ service: 'table', errorsBefore: 0, errorsAfter: 1, explainedErrorShare: 1 });
});

test('children that run at the same time, or longer than their parent, are not subtracted twice', () => {
  const span = makeSpan({ startMs: 100, durationMs: 100 });
  const children = [
    makeSpan({ startMs: 110, durationMs: 40 }),
    makeSpan({ startMs: 120, durationMs: 50 }),
    makeSpan({ startMs: 190, durationMs: 500 }),
    makeSpan({ startMs: 0, durationMs: 50 }),
  ];

  expect(selfTime({ span, children })).toBe(30);
});

test('cycles, spans from the future, bad times, copies and orphans are named, and the rest is used', () => {
  const spans = [
    makeSpan({ spanId: 'root' }),
    makeSpan({ spanId: 'child', parentId: 'root' }),
    makeSpan({ spanId: 'child', parentId: 'root' }),
    makeSpan({ spanId: 'orphan', parentId: 'nobody' }),
    makeSpan({ spanId: 'a', parentId: 'b' }),
    makeSpan({ spanId: 'b', parentId: 'a' }),
    makeSpan({ spanId: 'self', parentId: 'self' }),
    makeSpan({ spanId: 'later', startMs: OBSERVED + 61 * SECOND }),
    makeSpan({ spanId: 'negative', durationMs: -1 }),
    makeSpan({ spanId: 'nan', startMs: Number.NaN }),
  ];

  const { traces, rejected } = linkSpans(spans, OBSERVED);

  expect(rejected.map(({ spanId, reason }) => `${spanId} ${reason}`).sort()).toEqual([
    'a cycle',
    'b cycle',
    'child duplicate',
    'later from-the-future',
    'nan bad-time',
    'negative bad-time',
    'orphan missing-parent',
    'self cycle',
  ]);
  expect(traces[0]?.spans.map(({ span }) => span.spanId).sort()).toEqual(['child', 'orphan', 'root']);
});

test('traces on one side of the onset only are no comparison', () => {
  const { segments, tracesAfter } = compareSegments(makeTrace(0, 50), { onset: OBSERVED, observedAt: OBSERVED });

  expect([segments, tracesAfter]).toEqual([[], 0]);
});

const time = fc.oneof(
  fc.integer({ min: 0, max: 10_000 }),
  fc.constantFrom(Number.NaN, -1, 1e300, Number.POSITIVE_INFINITY),
);
const anySpan = fc.record({
  traceId: fc.constantFrom('1', '2', '3'),
  spanId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  parentId: fc.constantFrom('a', 'b', 'c', 'd', 'nobody'),
  service: fc.constantFrom('x', 'y'),
  name: fc.constantFrom('p', 'q'),
  startMs: time,
  durationMs: time,
  isError: fc.boolean(),
});
const anySpans = fc.array(
  fc.oneof(
    anySpan,
    anySpan.map(({ parentId: _, ...root }): Span => root),
  ),
  { maxLength: 30 },
);

test('any spans are compared without a crash; every span is used or named', () => {
  fc.assert(
    fc.property(anySpans, fc.integer({ min: 0, max: 10_000 }), (spans, onset) => {
      const { segments, rejected } = compareSegments(spans, { onset, observedAt: 10_000 });
      for (const { explainedShare, selfAfterMs, since, sentence } of segments) {
        expect(explainedShare).toBeGreaterThanOrEqual(0);
        expect(explainedShare).toBeLessThanOrEqual(1);
        expect(selfAfterMs).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(since)).toBe(true);
        expect(sentence).not.toMatch(/NaN|undefined|Infinity/);
      }
      const used = linkSpans(spans, 10_000).traces.reduce((sum, trace) => sum + trace.spans.length, 0);
      expect(used + rejected.filter(({ reason }) => reason !== 'missing-parent').length).toBe(spans.length);
    }),
    { numRuns: 500 },
  );
});

function makeTrace(second: number, tableMs: number, isError = false): readonly Span[] {
  const startMs = ONSET + (second - 20) * SECOND;
  const traceId = `t${second}`;
  const wobble = Math.abs(second % 5);
  return [
    { traceId, spanId: 'api', service: 'api', name: 'POST', startMs, durationMs: tableMs + 100 + wobble, isError },
    {
      traceId,
      spanId: 'fn',
      parentId: 'api',
      service: 'function',
      name: 'handler',
      startMs: startMs + 20,
      durationMs: tableMs + 60 + wobble,
      isError,
    },
    {
      traceId,
      spanId: 'db',
      parentId: 'fn',
      service: 'table',
      name: 'Query',
      startMs: startMs + 40,
      durationMs: tableMs + wobble,
      isError,
    },
  ];
}

function makeSpan(span: Partial<Span>): Span {
  return { traceId: '1', spanId: 'a', service: 's', name: 'n', startMs: 100, durationMs: 10, isError: false, ...span };
}
