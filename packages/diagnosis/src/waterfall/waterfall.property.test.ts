import { expect, test } from '@jest/globals';
import type { TraceSpan } from '@lamplighter/contracts';
import fc from 'fast-check';
import { gapsWithin, lengthOf, unionWithin } from './intervals.ts';
import { longestRows } from './longest-rows.ts';
import { requestWaterfalls } from './request-waterfalls.ts';
import { spanTree, walkDown } from './span-tree.ts';
import { type WaterfallRow, waterfall } from './waterfall.ts';

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
/** Any parents, ids that several claim, clocks that are far off. */
const span = fc
  .record({
    spanId: id,
    parentSpanId: maybe(id),
    name: fc.constantFrom('query', 'put', 'Invocation'),
    startedAt: fc.integer({ min: -2_000, max: 4_000 }),
    durationMs: fc.double({ min: 0, max: 3_000, noNaN: true }),
    remoteService: maybe(fc.constantFrom('aurora', 'DynamoDB')),
    requestId: maybe(fc.constantFrom('r-1', 'r-2')),
    error: maybe(fc.constant({ message: 'no' })),
  })
  .map((one) => ({ traceId: 't', ...one, endedAt: one.startedAt + Math.floor(one.durationMs) }) as TraceSpan);
const spans = fc.array(span, { maxLength: 60 });
const time = maybe(fc.integer({ min: 0, max: 2_000 }));
const run = fc.record({ startedAt: time, durationMs: time, initDurationMs: time });
const whose = { requestId: 'r-1', functionName: 'booking' };

/** With every row of repeated calls unfolded. */
function unfold(of: { readonly spans: readonly TraceSpan[]; readonly run: object }): readonly WaterfallRow[] {
  const unfolded = new Set<string>();
  for (;;) {
    const { rows } = waterfall({ ...of, whose, unfolded });
    const folded = rows.filter(({ key, kind }) => kind === 'repeated' && !unfolded.has(key));
    if (folded.length === 0) return rows;
    for (const { key } of folded) unfolded.add(key);
  }
}

test('each span is there once, below its parent, whatever the parents are', () => {
  fc.assert(
    fc.property(spans, (given) => {
      const walked = walkDown(spanTree(given));
      expect(new Set(walked.map(({ node }) => node.span))).toEqual(new Set(given));
      expect(walked).toHaveLength(given.length);
      expect(new Set(walked.map(({ node }) => node.key)).size).toBe(given.length);
      for (const { node, parent } of walked)
        if (parent !== undefined) expect(node.span.parentSpanId).toBe(parent.span.spanId);
    }),
  );
});

test('unfolded, a waterfall has a row for each span; folded, its calls are in those of the same target', () => {
  fc.assert(
    fc.property(spans, run, (given, of) => {
      const rows = unfold({ spans: given, run: of });
      expect(rows.filter(({ kind }) => kind === 'span')).toHaveLength(given.length);
      expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
      const failed = given.filter(({ error }) => error !== undefined).length;
      expect(rows.filter(({ kind, failures }) => kind === 'span' && failures > 0)).toHaveLength(failed);
    }),
  );
});

test('bars lie within their row, apart and in order, and every span has one', () => {
  fc.assert(
    fc.property(spans, run, (given, of) => {
      for (const { bars, calls } of waterfall({ spans: given, run: of, whose }).rows) {
        let reached = 0;
        for (const { leftPct, widthPct } of bars) {
          expect(leftPct).toBeGreaterThanOrEqual(reached);
          expect(widthPct).toBeGreaterThanOrEqual(0);
          reached = leftPct + widthPct;
        }
        expect(reached).toBeLessThanOrEqual(100 + 1e-9);
        if (calls > 0) expect(bars.length).toBeGreaterThan(0);
      }
    }),
  );
});

test('siblings stand by their start, whatever the order in which they come', () => {
  fc.assert(
    fc.property(spans, run, fc.infiniteStream(fc.nat()), (given, of, chance) => {
      const distinct = [...new Map(given.map((one) => [`${one.startedAt}`, one])).values()];
      const shuffled = distinct.map((one) => ({ one, by: chance.next().value })).sort((a, b) => a.by - b.by);
      const rows = waterfall({ spans: distinct, run: of, whose }).rows;
      expect(waterfall({ spans: shuffled.map(({ one }) => one), run: of, whose }).rows).toEqual(rows);
      for (const [at, { depth, startMs }] of rows.entries()) {
        const next = rows[at + 1];
        if (next?.depth === depth && next.calls > 0 && rows[at]!.calls > 0)
          expect(next.startMs).toBeGreaterThanOrEqual(startMs);
      }
    }),
  );
});

test('what no span explains is never more than the handler, and less the more calls there are', () => {
  const ownOf = (given: readonly TraceSpan[]) =>
    waterfall({ spans: given, run: { startedAt: 0, durationMs: 1_000 }, whose }).rows.find(
      ({ kind }) => kind === 'own-code',
    );
  fc.assert(
    fc.property(
      fc.array(
        span.map((one) => ({ ...one, remoteService: 'x', parentSpanId: 'none' })),
        { minLength: 1 },
      ),
      (calls) => {
        const all = ownOf(calls)!.durationMs;
        expect(all).toBeGreaterThanOrEqual(0);
        expect(all).toBeLessThanOrEqual(ownOf(calls.slice(1))!.durationMs + 1e-9);
        const covered = (ms: number) =>
          calls.some(({ startedAt, durationMs }) => startedAt <= ms && ms < startedAt + durationMs);
        const sampled = Array.from({ length: 1_000 }, (_, ms) => ms + 0.5).filter((ms) => !covered(ms)).length;
        expect(Math.abs(all - sampled)).toBeLessThanOrEqual(2 * calls.length + 1);
      },
    ),
  );
});

test('a union and its gaps are the whole', () => {
  const interval = fc.tuple(fc.integer(), fc.integer()).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
  fc.assert(
    fc.property(fc.array(interval), interval, (intervals, within) => {
      const covered = unionWithin(intervals, within);
      const gaps = gapsWithin(intervals, within);
      expect(lengthOf(covered) + lengthOf(gaps)).toBe(within.to - within.from);
      expect(unionWithin(gaps, within)).toEqual(gaps);
    }),
  );
});

const hasFailed = ({ failures }: WaterfallRow): boolean => failures > 0;

function withWhatHangsBelow(rows: readonly WaterfallRow[], at: number): readonly WaterfallRow[] {
  const length = rows.slice(at + 1).findIndex(({ depth }) => depth <= rows[at]!.depth);
  return length === -1 ? rows.slice(at) : rows.slice(at, at + 1 + length);
}

test('of rows as many are chosen as have room, in their order, none without those that it hangs below, failures first', () => {
  fc.assert(
    fc.property(spans, run, fc.integer({ min: 1, max: 30 }), (given, of, most) => {
      const { rows } = waterfall({ spans: given, run: of, whose });
      const chosen = longestRows(rows, most);
      expect(chosen).toHaveLength(Math.min(most, rows.length));
      const places = chosen.map((row) => rows.indexOf(row));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      for (const at of places) {
        const parent = rows.slice(0, at).findLastIndex(({ depth }) => depth < rows[at]!.depth);
        if (parent >= 0) expect(places).toContain(parent);
      }
      const left = rows.filter((row) => !chosen.includes(row));
      if (left.some(({ failures }) => failures > 0))
        for (const at of places)
          expect(rows[at]!.calls === 0 || withWhatHangsBelow(rows, at).some(hasFailed)).toBe(true);
    }),
  );
});

test('each attempt keeps its spans, and none is told twice', () => {
  fc.assert(
    fc.property(spans, fc.array(run, { maxLength: 4 }), (given, attempts) => {
      const invocation = { requestId: 'r-1', startedAt: 0, durationMs: 10 };
      const told = requestWaterfalls({ invocation, attempts: attempts as never, spans: given });
      expect(told.reduce((sum, one) => sum + one.spans, 0)).toBe(given.length);
    }),
  );
});
