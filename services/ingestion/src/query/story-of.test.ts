import { expect, test } from '@jest/globals';
import { anAttempt } from '../../test/an-attempt.ts';
import { invocationItem } from '../domain/invocation-item.ts';
import type { StoredAttempt } from '../domain/stored-attempt.ts';
import type { TimeRange } from '../domain/time-range.ts';
import { chunksOf } from '../domain/timeline-chunk.ts';
import { storyOf } from './story-of.ts';

const REQUEST = '00000007-9cdd-4145-b1f6-0123456789ab';
const STARTED_AT = Date.UTC(2026, 9, 8, 10);
const STREAM = '2026/10/08/[5]22be53a8cfde4e68b844f8ec293b2543';
const record = (type: string, more: object) => JSON.stringify({ time: 'x', type: `platform.${type}`, record: more });
const events = [
  record('start', { requestId: REQUEST }),
  JSON.stringify({ level: 'INFO', message: 'half way', requestId: REQUEST }),
  record('report', { requestId: REQUEST, metrics: { durationMs: 200 }, status: 'success' }),
].map((message, index) => ({ id: String(index), timestamp: STARTED_AT + index * 100, message }));

async function told(figures: Partial<StoredAttempt>) {
  const ranges: TimeRange[] = [];
  const {
    billedDurationMs: _billed,
    memorySizeMb: _memory,
    maxMemoryUsedMb: _used,
    ...attempt
  } = anAttempt(STARTED_AT);
  const invocation = invocationItem(
    REQUEST,
    [{ ...attempt, logStream: STREAM, endedAt: STARTED_AT + 200, durationMs: 200, ...figures }],
    90,
  )!;
  const story = await storyOf(REQUEST, {
    audit: {
      request: async () => ({ invocation, messages: [] }),
      byFunction: async () => [],
      retried: async () => [],
      bySequence: async () => [],
    },
    timeline: {
      read: async (_stream, range) => {
        ranges.push(range);
        return chunksOf(events);
      },
    },
    ledger: { functions: async () => [], hours: async () => [] },
    windows: { current: async () => [] },
    invocations: async () => new Map(),
    spans: { ofTrace: async () => [] },
    traces: { ofTrace: async () => [] },
    now: () => STARTED_AT + 3_600_000,
  });
  return { lines: story?.lines.length, minutes: ranges.map(({ from, to }) => Math.round((to - from) / 60_000)) };
}

test("a managed instance's stream is read by the minute for a story, another's as far as it may bear on it", async () => {
  expect(await told({})).toEqual({ lines: 3, minutes: [4] });
  expect(await told({ billedDurationMs: 200, memorySizeMb: 128 })).toEqual({ lines: 3, minutes: [64] });
});
