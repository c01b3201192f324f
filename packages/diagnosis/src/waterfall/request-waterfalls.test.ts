import { expect, test } from '@jest/globals';
import { aSpan } from '../testing/a-span.ts';
import { requestWaterfalls } from './request-waterfalls.ts';

type Told = Parameters<typeof requestWaterfalls>[0];

const attempt = (startedAt: number) => ({
  ...{ logStream: 's', startedAt, durationMs: 1_000, coldStart: false, status: 'success' as const },
  ...{ logLines: 0, missing: [] },
});
const invocation = { requestId: 'r-1', startedAt: 0, durationMs: 1_000 };

test('each attempt has its own, with what ended in its time', () => {
  const attempts = [attempt(60_000), attempt(120_000), attempt(180_000)];
  const spans = [
    aSpan('early', 10, 5),
    aSpan('first', 59_990, 100),
    aSpan('third', 179_990, 100),
    aSpan('late', 9e6, 1),
  ];

  const told = requestWaterfalls({ invocation, attempts, spans } as Told);

  expect(told.map(({ attempt, spans, rows }) => [attempt, spans, rows[0]?.kind])).toEqual([
    [1, 2, 'handler'],
    [3, 2, 'handler'],
  ]);
});

test('without attempts the request is its own; without spans there is nothing to tell', () => {
  expect(requestWaterfalls({ invocation, attempts: [], spans: [aSpan('a', 10, 5)] })).toMatchObject([
    { attempt: 1, spans: 1, beginMs: 0, endMs: 1_000 },
  ]);
  expect(requestWaterfalls({ invocation, attempts: [] })).toEqual([]);
});
