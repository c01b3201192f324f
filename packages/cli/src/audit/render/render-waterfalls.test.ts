import { describe, expect, test } from '@jest/globals';
import type { TraceSpan } from '@lamplighter/contracts';
import { coloured, plain } from '../../terminal/paint.ts';
import { TIMEOUT_STORY } from '../../testing/timeout-story.ts';
import { renderWaterfalls } from './render-waterfalls.ts';

const START = TIMEOUT_STORY.invocation.startedAt!;
const REQUEST = TIMEOUT_STORY.invocation.requestId;
const span = (spanId: string, from: number, durationMs: number, more: Partial<TraceSpan> = {}): TraceSpan => ({
  ...{ traceId: 't', spanId, name: spanId, startedAt: START + from, endedAt: START + from + durationMs, durationMs },
  ...more,
});
const SPANS = [
  span('storms', 0, 3003.16, { requestId: REQUEST }),
  span('payments of card', 38, 638, { parentSpanId: 'storms', remoteService: 'aurora' }),
  span('wait', 48, 600, { parentSpanId: 'payments of card' }),
  ...[800, 850, 900].map((from, n) =>
    span(`n${n}`, from, 20, { parentSpanId: 'storms', remoteService: 'redis', remoteOperation: 'GET' }),
  ),
  span('PutItem', 1_400, 1_590, {
    ...{ parentSpanId: 'storms', remoteService: 'DynamoDB', remoteOperation: 'PutItem' },
    error: { type: 'Throttling', message: 'slow\ndown' },
  }),
];
const drawn = (spans: readonly TraceSpan[], width = Number.POSITIVE_INFINITY, paint = plain) =>
  renderWaterfalls({ ...TIMEOUT_STORY, spans: [...spans] }, { paint, width });

test('spans stand below what they are a part of, with their times and bars; what no span explains is told', () => {
  expect(drawn(SPANS).join('\n')).toBe(`Where the time went (7 spans, ms after the start)
     -127    127.02 ms  ▒                         init
       +0   3003.16 ms  ────────────────────────  handler
       +0    715.16 ms  ░     ░░░░░░           ░    own code and the rest
       +0   3003.16 ms  ████████████████████████  storms
      +38       638 ms   █████                      aurora: payments of card
      +48       600 ms   █████                        wait
     +800        60 ms         ▓                    3 × redis: GET
    +1400      1590 ms             █████████████    ✗ DynamoDB: PutItem
                        Throttling: slow\\x0adown`);
});

describe('in a window', () => {
  test.each([60, 80, 100, 200])('of %d columns no row is wider, and bars are aligned', (width) => {
    const lines = drawn(SPANS, width);

    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(new Set(lines.filter((line) => / ms {2}/.test(line)).map((line) => line.search(/ ms {2}/))).size).toBe(1);
  });

  test('that is narrow names and figures stand without bars', () => {
    expect(drawn(SPANS, 50)[2]).toBe('       +0   3003.16 ms  handler');
  });
});

test('a colour is never all that tells a failure from the rest', () => {
  const escapes = /\u001b\[\d+m/g;

  expect(drawn(SPANS, 80, coloured).join('\n')).toMatch(escapes);
  expect(drawn(SPANS, 80, coloured).join('\n').replace(escapes, '')).toBe(drawn(SPANS, 80).join('\n'));
  expect(drawn(SPANS, 80).filter((line) => line.includes('✗'))).toHaveLength(1);
});

test('no more than a hundred rows are shown, those that took most, and the rest is counted', () => {
  const spans = Array.from({ length: 130 }, (_, at) => span(`s${at}`, at, 1 + at));

  const lines = drawn(spans);

  expect(lines).toHaveLength(102);
  expect(lines.slice(-2)).toEqual([expect.stringMatching(/ s129$/), '  … 33 rows that took less']);
});

test('a chain as long as an answer can hold is told', () => {
  const spans = Array.from({ length: 5_000 }, (_, at) => span(`s${at}`, at, 1, { parentSpanId: `s${at - 1}` }));

  expect(drawn(spans)).toHaveLength(102);
});

test('each attempt of which spans are known is told', () => {
  const { attempts } = TIMEOUT_STORY;
  const again = { ...attempts[0]!, startedAt: START + 60_000 };
  const spans = [span('first', 10, 5), span('second', 60_010, 5)];

  const lines = renderWaterfalls(
    { ...TIMEOUT_STORY, attempts: [...attempts, again], spans },
    { paint: plain, width: 80 },
  );

  expect(lines.filter((line) => line.startsWith('Where'))).toEqual([
    'Where the time went, attempt 1 (1 span, ms after the start)',
    'Where the time went, attempt 2 (1 span, ms after the start)',
  ]);
});

test('nothing is said where no span is known', () => {
  expect(drawn([])).toEqual([]);
});
