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

/** A request whose function takes `ownMs`, called by somebody who takes longer, and who starts a mailer that nobody waits for. */
function called(at: number, ms: { readonly own: number; readonly caller: number; readonly mailer: number }): Span[] {
  const traceId = `c${at}`;
  const startMs = ONSET + at * 1_000;
  const span = (spanId: string, parentId: string | undefined, service: string, fromMs: number, durationMs: number) => ({
    traceId,
    spanId: `${traceId}-${spanId}`,
    ...(parentId !== undefined && { parentId: `${traceId}-${parentId}` }),
    service,
    name: service,
    startMs: startMs + fromMs,
    durationMs,
    isError: false,
  });
  return [
    span('caller', undefined, 'api-caller', 0, 20 + ms.own + ms.caller),
    span('own', 'caller', NAME, 10, ms.own),
    span('late', 'own', 'mailer', 15 + ms.own, ms.mailer),
    span('long', 'own', 'indexer', 5 + ms.own, ms.mailer),
  ];
}

const askedOf = (before: Span[], after: Span[]) =>
  dependencyFacts({ spans: [...before, ...after] }, { onset: ONSET, observedAt: ONSET + 60_000, functionName: NAME });
const tenOf = (from: number, ms: Parameters<typeof called>[1]) =>
  Array.from({ length: 10 }, (_, at) => called(from + at, ms)).flat();

test.each([
  ['its caller', { own: 300, caller: 700, mailer: 20 }],
  ['what it started and did not wait for', { own: 300, caller: 100, mailer: 220 }],
])('a function whose own code became slower is not explained by %s', (_whom, after) => {
  expect(askedOf(tenOf(-60, { own: 100, caller: 100, mailer: 20 }), tenOf(1, after))).toEqual([]);
});

test('a trace without a span of the function tells nothing of it', () => {
  const others = (from: number, callee: { readonly ms: number; readonly isError: boolean }) =>
    traces(from, callee).map((span) => (span.service === NAME ? { ...span, service: 'somebody else' } : span));
  const slow = others(1, { ms: 400, isError: true });
  expect(askedOf(others(-60, { ms: 20, isError: false }), slow)).toEqual([]);
});

test('requests of one trace are each their own', () => {
  const twice = (spans: Span[]) => spans.map((span) => ({ ...span, traceId: span.traceId.slice(0, 2) }));
  const facts = askedOf(twice(traces(-60, { ms: 20, isError: false })), twice(traces(1, { ms: 400, isError: false })));
  expect(facts).toMatchObject([{ kind: 'dependency', name: 'dynamodb: put item', beforeMs: 20, afterMs: 400 }]);
});

/** Ten requests a second apart, of which those hold a connection for 1.5 s. */
const withHeld = (from: number, held: readonly number[]): Span[] =>
  Array.from({ length: 10 }, (_, at) => {
    const heldMs = held.includes(at) ? 1_500 : 0;
    const [root, callee] = trace(from + at, { ms: heldMs + 60, isError: false }) as [Span, Span];
    const statement = (what: string, afterMs: number): Span => {
      const name = `aurora: ${what}`;
      const startMs = root.startMs + afterMs;
      return { ...callee, spanId: `${callee.traceId}-${what}`, service: name, name, startMs, durationMs: 10 };
    };
    return [root, statement('begin', 0), statement('insert', 10), statement('commit', 20 + heldMs)];
  }).flat();

test('two requests of ten that hold a connection are told by themselves, and that they were two', () => {
  expect(askedOf(withHeld(-60, []), withHeld(1, [2, 7]))).toMatchObject([
    { kind: 'dependency', name: 'aurora: idle in transaction', afterMs: 1_500, moments: 2, surprise: 0 },
  ]);
});

test('two of them at the same time may be one hiccup: they count once', () => {
  expect(askedOf(withHeld(-60, []), withHeld(1, [2, 3]))).toMatchObject([{ moments: 1 }]);
});
