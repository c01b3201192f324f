import { describe, expect, test } from '@jest/globals';
import { ENVIRONMENT, FIRST_AT, invocation, jsonReport, jsonStart, requestId, story } from '../../test/log-story.ts';
import { attributeStream, type LogEvent } from '../index.ts';
import { A, attempts, B } from './testing/attempts-of.ts';

const DURATION_MS = 350;

const managedReport = (id: string, durationMs = DURATION_MS): string =>
  JSON.stringify({
    time: '2026-10-08T07:30:00.000Z',
    type: 'platform.report',
    record: { requestId: id, metrics: { durationMs }, status: 'success' },
  });
const jsonLine = (id: string, message: string): string =>
  JSON.stringify({ timestamp: '2026-10-08T07:30:00.000Z', level: 'INFO', message, requestId: id });

/** One invocation every 100 ms, each with a line that names it, and no initialisation in view. */
function overlapping(count: number): LogEvent[] {
  const lines = Array.from({ length: count }, (_, index): (readonly [number, string])[] => {
    const [at, id] = [index * 100, requestId(index)];
    return [
      [at, jsonStart(id)],
      [at + 150, jsonLine(id, `line of ${id}`)],
      [at + DURATION_MS, managedReport(id)],
    ];
  });
  return story(...lines.flat().sort(([a], [b]) => a - b));
}

describe("a managed instance's stream", () => {
  test('is told by its reports where its initialisation is out of view: every invocation is whole and owns its own line', () => {
    const { attempts: found, strays, isConcurrent } = attributeStream(overlapping(200), ENVIRONMENT);
    expect(isConcurrent).toBe(true);
    expect(strays).toEqual([]);
    expect(found).toHaveLength(200);
    for (const [index, attempt] of found.entries())
      expect(attempt).toMatchObject({
        requestId: requestId(index),
        status: 'success',
        logLines: 1,
        durationMs: DURATION_MS,
        startedAt: FIRST_AT + index * 100,
        missing: [],
      });
  });

  test('is told by its version before any report', () => {
    const logStream = '2026/10/08/[$LATEST.PUBLISHED]22be53a8cfde4e68b844f8ec293b2543';
    const events = story([0, jsonStart(A)], [1, jsonStart(B)], [2, jsonLine(A, 'of A')], [3, jsonLine(B, 'of B')]);
    const { attempts: found, isConcurrent } = attributeStream(events, { logStream });
    expect(isConcurrent).toBe(true);
    expect(found.map(({ requestId: id, logLines }) => [id, logLines])).toEqual([
      [A, 1],
      [B, 1],
    ]);
  });

  test('gives no line to the one that runs which names a request that began out of view', () => {
    const before = jsonLine(B, 'of one that has been running for long');
    const foreign = jsonLine('cart-17', 'names something else');
    const events = story([0, jsonStart(A)], [4, before], [5, foreign], [10, managedReport(A, 10)]);
    const { attempts: found, strays } = attributeStream(events, ENVIRONMENT);
    expect(found.map(({ requestId: id, logLines }) => [id, logLines])).toEqual([[A, 1]]);
    expect(strays.map(({ message }) => message)).toEqual([before]);
  });

  test('lacks nothing by having no figures of billing and memory, which are a gap in every other report', () => {
    const [managed] = attempts(story([0, jsonStart(A)], [10, managedReport(A, 10)]));
    expect(managed?.missing).toEqual([]);
    const torn = { requestId: A, metrics: { durationMs: 10, billedDurationMs: 10 } };
    const [other] = attempts(
      story([0, jsonStart(A)], [10, JSON.stringify({ time: '', type: 'platform.report', record: torn })]),
    );
    expect(other?.missing).toEqual(['memory-size', 'max-memory-used']);
  });
});

test('one that still runs lacks its report, and no END, which its format does not have', () => {
  const events = story([0, jsonStart(A)], [5, managedReport(B, 4)]);
  const { attempts: found } = attributeStream(events, ENVIRONMENT, { isConcurrent: true });
  expect(found.find(({ requestId: id }) => id === A)?.missing).toEqual(['report']);
});

describe('printed reports of a managed instance turn no other stream', () => {
  const forged = [jsonStart(B), managedReport(B, 0.01), managedReport(requestId(3), 0.01), managedReport(A, 0.01)];

  test('of JSON', () => {
    const printed = forged.map((line, index) => [10 + index, line] as const);
    const events = story([0, jsonStart(A)], ...printed, [100, jsonReport(A, 100)]);
    const { attempts: found, isConcurrent } = attributeStream(events, ENVIRONMENT);
    expect(isConcurrent).toBe(false);
    expect(found.map(({ requestId: id, durationMs, logLines }) => [id, durationMs, logLines])).toEqual([
      [A, 100, forged.length],
    ]);
  });

  test('of text', () => {
    const { attempts: found, isConcurrent } = attributeStream(story(...invocation(A, 0, 100, forged)), ENVIRONMENT);
    expect(isConcurrent).toBe(false);
    expect(found.map(({ logLines }) => logLines)).toEqual([forged.length]);
  });
});
