import { describe, expect, test } from '@jest/globals';
import type { TraceSpan } from '@lamplighter/contracts';
import { aSpan } from '../testing/a-span.ts';
import { type WaterfallInput, waterfall } from './waterfall.ts';

const T0 = 1_768_471_200_000;
const run = { startedAt: T0, durationMs: 1_000, initDurationMs: 250 };
const whose = { requestId: 'r-1', functionName: 'booking' };
const at = (spanId: string, from: number, to: number, more: Partial<TraceSpan> = {}) =>
  aSpan(spanId, T0 + from, to - from, more);
const laidOut = (spans: readonly TraceSpan[], more: Partial<WaterfallInput> = {}) =>
  waterfall({ spans, run, whose, ...more }).rows.map(
    ({ depth, name, calls, startMs, durationMs }) =>
      `${'  '.repeat(depth)}${calls > 1 ? `${calls} x ` : ''}${name} ${startMs} ${durationMs}`,
  );

const REQUEST = at('booking', 5, 995, { requestId: 'r-1', functionName: 'booking' });
const query = (spanId: string, from: number, to: number, more: Partial<TraceSpan> = {}) =>
  at(spanId, from, to, { parentSpanId: 'booking', remoteService: 'aurora', remoteOperation: 'payments', ...more });

test('rows tell who called whom, when and for how long, and what no span explains', () => {
  const spans = [
    REQUEST,
    query('q', 100, 600),
    at('wait', 150, 300, { parentSpanId: 'q', serviceName: 'aurora' }),
    at('put', 700, 850, { parentSpanId: 'booking', remoteService: 'DynamoDB', remoteOperation: 'PutItem' }),
  ];

  expect(laidOut(spans)).toEqual([
    'init -250 250',
    'handler 0 1000',
    '  own code and the rest 0 350',
    'booking 5 990',
    '  aurora: payments 100 500',
    '    aurora: wait 150 150',
    '  DynamoDB: PutItem 700 150',
  ]);
});

test('bars lie in the time from the beginning of the environment to the end of the handler; own code has one for each stretch', () => {
  const { rows } = waterfall({ spans: [REQUEST, query('q', 125, 750)], run, whose });

  expect(rows.map(({ name, bars }) => [name, ...bars.map(({ leftPct, widthPct }) => [leftPct, widthPct])])).toEqual([
    ['init', [0, 20]],
    ['handler', [20, 80]],
    ['own code and the rest', [20, 10], [80, 20]],
    ['booking', [20.4, expect.closeTo(79.2)]],
    ['aurora: payments', [30, 50]],
  ]);
});

test('calls of one kind in a row are one row, as long as they are together, and are shown one by one when asked for', () => {
  const again = [100, 200, 240].map((from, n) => query(`q${n}`, from, from + 50));
  const spans = [REQUEST, ...again, at('put', 700, 850, { parentSpanId: 'booking' }), query('q9', 900, 950)];
  const folded = waterfall({ spans, run, whose }).rows;
  const repeated = folded.find(({ kind }) => kind === 'repeated');

  expect(repeated).toMatchObject({ name: 'aurora: payments', calls: 3, durationMs: 140, failures: 0 });
  expect(repeated?.bars).toHaveLength(2);
  expect(laidOut(spans, { unfolded: new Set([repeated!.key]) }).slice(3)).toEqual([
    'booking 5 990',
    '  3 x aurora: payments 100 140',
    '    aurora: payments 100 50',
    '    aurora: payments 200 50',
    '    aurora: payments 240 50',
    '  put 700 150',
    '  aurora: payments 900 50',
  ]);
});

test('two of a kind are no row of repeated calls', () => {
  expect(laidOut([query('a', 0, 1), query('b', 2, 3)]).slice(3)).toEqual([
    'aurora: payments 0 1',
    'aurora: payments 2 1',
  ]);
});

test('a failure is told where it is seen: of what is folded with the row that stands for it', () => {
  const error = { type: 'Throttling', message: 'slow down' };
  const spans = [
    REQUEST,
    query('q0', 100, 150),
    query('q1', 200, 250, { error, httpStatusCode: 400 }),
    query('q2', 300, 350),
    at('lock', 310, 320, { parentSpanId: 'q2', error: {} }),
  ];

  const failed = waterfall({ spans, run, whose }).rows.filter(({ failures }) => failures > 0);

  expect(failed).toMatchObject([{ calls: 3, failures: 2, failure: 'Throttling: slow down (status 400)' }]);
});

test('what lies beside the request lies at its edge, with the time that its own clock says', () => {
  const { rows } = waterfall({
    spans: [at('yesterday', -86_400_000, -86_000_000), at('later', 5_000, 6_000)],
    run,
    whose,
  });

  expect(rows.slice(3)).toMatchObject([
    { startMs: -86_400_000, durationMs: 400_000, bars: [{ leftPct: 0, widthPct: 0 }] },
    { startMs: 5_000, durationMs: 1_000, bars: [{ leftPct: 100, widthPct: 0 }] },
  ]);
});

test('where no report is known the spans are their own scale', () => {
  const { beginMs, endMs, rows } = waterfall({ spans: [at('a', 0, 40), at('b', 20, 100)], run: {}, whose });

  expect([beginMs, endMs]).toEqual([0, 100]);
  expect(rows.map(({ bars }) => bars)).toEqual([[{ leftPct: 0, widthPct: 40 }], [{ leftPct: 20, widthPct: 80 }]]);
});

test('microseconds are kept, though epoch milliseconds hold none', () => {
  const { rows } = waterfall({
    spans: [{ ...REQUEST, durationMs: 0.4248 }],
    run: { startedAt: T0, durationMs: 0.4248 },
    whose,
  });

  expect(rows.map(({ durationMs }) => durationMs)).toEqual([0.4248, 0.4248, 0.4248]);
});

test('an environment that was restored says so', () => {
  const [first] = laidOut([REQUEST], { run: { startedAt: T0, durationMs: 10, restoreDurationMs: 300 } });

  expect(first).toBe('restore of a snapshot -300 300');
});

describe('parents', () => {
  test('orphans and circles stand by themselves, the first of a circle above the others', () => {
    const spans = [
      at('orphan', 0, 1, { parentSpanId: 'nobody' }),
      at('a', 1, 2, { parentSpanId: 'b' }),
      at('b', 2, 3, { parentSpanId: 'c' }),
      at('c', 3, 4, { parentSpanId: 'a' }),
      at('self', 4, 5, { parentSpanId: 'self' }),
    ];

    expect(laidOut(spans).slice(3)).toEqual(['orphan 0 1', 'a 1 1', '  c 3 1', '    b 2 1', 'self 4 1']);
  });

  test('of two that claim one id both are told, and the first is the parent', () => {
    const spans = [
      at('twin', 0, 10),
      at('twin', 5, 15, { name: 'other' }),
      at('child', 6, 7, { parentSpanId: 'twin' }),
    ];

    expect(laidOut(spans).slice(3)).toEqual(['twin 0 10', '  child 6 1', 'other 5 10']);
  });

  test('a child that begins before its parent hangs below it', () => {
    expect(laidOut([at('child', 0, 10, { parentSpanId: 'parent' }), at('parent', 5, 15)]).slice(3)).toEqual([
      'parent 5 10',
      '  child 0 10',
    ]);
  });

  test('of two traces each has its own', () => {
    const spans = [at('a', 0, 1), at('b', 2, 3, { traceId: 'other', parentSpanId: 'a' })];

    expect(laidOut(spans).slice(3)).toEqual(['a 0 1', 'b 2 1']);
  });

  test('a chain as long as an answer can hold is laid out', () => {
    const chain = Array.from({ length: 20_000 }, (_, n) => at(`s${n}`, n, n + 1, { parentSpanId: `s${n - 1}` }));

    expect(waterfall({ spans: chain, run, whose }).rows.at(-1)).toMatchObject({ name: 's19999', depth: 19_999 });
  });
});
