import { expect, test } from '@jest/globals';
import type { Span } from '@lamplighter/diagnosis';
import { dependencyFacts } from './trace-sample.ts';

const ONSET = Date.UTC(2026, 0, 15, 12);
const NAME = 'hotel-pay';

/** A call of the function with one call of a callee in it. */
function trace(at: number, callee: { readonly ms: number; readonly isError: boolean }): Span[] {
  const startMs = ONSET + at * 1_000;
  const traceId = `t${at}`;
  const root = { traceId, spanId: `${traceId}-r`, service: NAME, name: NAME, startMs, durationMs: 10 + callee.ms };
  const called = { traceId, spanId: `${traceId}-c`, parentId: root.spanId, service: 'dynamodb: put item' };
  return [
    { ...root, isError: false },
    { ...called, name: called.service, startMs: startMs + 5, durationMs: callee.ms, isError: callee.isError },
  ];
}

const traces = (from: number, callee: { readonly ms: number; readonly isError: boolean }) =>
  Array.from({ length: 10 }, (_, at) => trace(from + at, callee)).flat();
const factsOf = (after: { readonly ms: number; readonly isError: boolean }) =>
  dependencyFacts(
    { spans: [...traces(-60, { ms: 20, isError: false }), ...traces(1, after)] },
    { onset: ONSET, observedAt: ONSET + 60_000, functionName: NAME },
  );

test('a callee that became slow is told by its time', () => {
  expect(factsOf({ ms: 400, isError: false })).toMatchObject([
    { kind: 'dependency', name: 'dynamodb: put item', at: ONSET },
  ]);
});

test('a callee that takes a larger part of each call is surer than one that became slow with everything else', () => {
  const slower = (factor: number): number => {
    const spans = [
      ...traces(-60, { ms: 20, isError: false }),
      ...traces(1, { ms: 20, isError: false }).map((span) => ({ ...span, durationMs: span.durationMs * factor })),
    ];
    const facts = dependencyFacts({ spans }, { onset: ONSET, observedAt: ONSET + 60_000, functionName: NAME });
    return Math.max(0, ...facts.map((fact) => ('surprise' in fact ? (fact.surprise ?? 0) : 0)));
  };
  expect(slower(5)).toBeLessThan(1);
  expect(factsOf({ ms: 100, isError: false })).toMatchObject([{ kind: 'dependency' }]);
  expect((factsOf({ ms: 100, isError: false })[0] as { surprise?: number }).surprise).toBeGreaterThan(7);
});

test('a callee that refuses at once is told by its errors', () => {
  expect(factsOf({ ms: 20, isError: true })).toMatchObject([
    { kind: 'refusing-dependency', name: 'dynamodb: put item', errorsBefore: 0, errorsAfter: 1, share: 1 },
  ]);
});

test('where nothing changed, nothing is told', () => {
  expect(factsOf({ ms: 20, isError: false })).toEqual([]);
});

test('a transaction that is kept open for nothing is told as a connection that is held', () => {
  const held = (at: number, heldMs: number): Span[] => {
    const [root, callee] = trace(at, { ms: heldMs + 60, isError: false }) as [Span, Span];
    const statement = (what: string, afterMs: number): Span => {
      const name = `aurora: ${what}`;
      return {
        ...callee,
        spanId: `${callee.traceId}-${what}`,
        service: name,
        name,
        startMs: root.startMs + afterMs,
        durationMs: 10,
      };
    };
    return [root, statement('begin', 0), statement('insert', 10), statement('commit', 20 + heldMs)];
  };
  const spans = [-60, -50, -40, 1, 2, 3].flatMap((at) => held(at, at < 0 ? 0 : 1_500));
  expect(dependencyFacts({ spans }, { onset: ONSET, observedAt: ONSET + 60_000, functionName: NAME })).toMatchObject([
    { kind: 'dependency', name: 'aurora: idle in transaction', beforeMs: 0, afterMs: 1_500 },
  ]);
});
