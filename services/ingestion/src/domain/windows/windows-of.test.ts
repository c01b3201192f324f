import { gunzipSync } from 'node:zlib';
import { DDSketch } from '@datadog/sketches-js';
import { describe, expect, test } from '@jest/globals';
import { anAttempt } from '../../../test/an-attempt.ts';
import { invocationItem } from '../invocation-item.ts';
import type { StoredAttempt } from '../stored-attempt.ts';
import { windowsOf } from './windows-of.ts';

const T0 = Date.UTC(2026, 0, 15, 10);
const item = (id: string, ...attempts: StoredAttempt[]) => invocationItem(id, attempts, 90)!;

describe('windowsOf', () => {
  test('counts every attempt in the minute it began', () => {
    const retried = item('a', anAttempt(T0 + 5, { status: 'error' }), anAttempt(T0 + 61_000));
    const windows = windowsOf(
      'booking',
      [retried, item('b', anAttempt(T0 + 59_999, { coldStart: true, initDurationMs: 210 }))],
      T0,
      T0 + 120_000,
    );

    expect(windows).toMatchObject([
      {
        start: T0,
        invocations: 2,
        errors: 1,
        coldStarts: 1,
        durationMs: { sum: 200, max: 100 },
        initDurationMs: { sum: 210, max: 210 },
      },
      { start: T0 + 60_000, invocations: 1, errors: 0 },
    ]);
  });

  test('counts an item once, however often an index shows it', () => {
    const one = item('a', anAttempt(T0));
    expect(windowsOf('booking', [one, one], T0, T0 + 60_000)).toMatchObject([{ invocations: 1 }]);
  });

  test('carries a sketch that answers quantiles within a percent', () => {
    const items = Array.from({ length: 1000 }, (_, index) =>
      item(`r${index}`, anAttempt(T0, { durationMs: index + 1 })),
    );
    const [window] = windowsOf('booking', items, T0, T0 + 60_000);
    const sketch = DDSketch.fromProto(gunzipSync(Buffer.from(window!.durationSketch, 'base64')));
    expect(Math.abs(sketch.getValueAtQuantile(0.95) - 950)).toBeLessThanOrEqual(9.6);
  });

  test('tells the versions apart', () => {
    const items = [
      item('a', anAttempt(T0, { version: '8', durationMs: 300, status: 'timeout' })),
      item('b', anAttempt(T0 + 1, { version: '7', coldStart: true })),
      item('c', anAttempt(T0 + 2, { version: '8', status: 'unknown' })),
      item('d', anAttempt(T0 + 3)),
    ];
    const [window] = windowsOf('booking', items, T0, T0 + 60_000);
    expect(window!.byVersion).toMatchObject([
      { version: '7', invocations: 1, failures: 0, coldStarts: 1, durationMs: { sum: 100, max: 100 } },
      { version: '8', invocations: 2, failures: 1, coldStarts: 0, durationMs: { sum: 400, max: 300 } },
    ]);
    const sketch = DDSketch.fromProto(gunzipSync(Buffer.from(window!.byVersion![1]!.durationSketch, 'base64')));
    expect(sketch.count).toBe(2);
  });

  test('counts errors by their kind, most frequent first, each with a request to look at', () => {
    const failed = (id: string, errorType: string, errorMessage: string) =>
      item(id, anAttempt(T0, { status: 'error', errorType, errorMessage }));
    const [window] = windowsOf(
      'booking',
      [
        failed('c', 'TypeError', "no guest 'Ada'"),
        failed('b', 'RangeError', 'room 12 of 7'),
        failed('a', 'RangeError', 'room 4711 of 9'),
        item('d', anAttempt(T0, { status: 'unknown', errorType: 'Ignored' })),
      ],
      T0,
      T0 + 60_000,
    );
    expect(window!.errorTypes).toMatchObject([
      { errorType: 'RangeError', template: 'room <n> of <n>', count: 2, exampleRequestId: 'a' },
      { errorType: 'TypeError', template: 'no guest <text>', count: 1, exampleRequestId: 'c' },
    ]);
  });

  test('counts errors that were logged and dealt with apart from those that ended an attempt', () => {
    const handledError = { type: 'ThrottlingException', message: 'message 7 has to come again' };
    const items = [item('a', anAttempt(T0, { handledError })), item('b', anAttempt(T0))];
    const [window] = windowsOf('booking', items, T0, T0 + 60_000);
    expect(window).toMatchObject({
      errors: 0,
      handledErrors: [{ errorType: 'ThrottlingException', template: 'message <n> has to come again', count: 1 }],
    });
    expect(window).not.toHaveProperty('errorTypes');
  });

  test('lists ten kinds of errors at most', () => {
    const items = Array.from({ length: 12 }, (_, index) =>
      item(`r${index}`, anAttempt(T0, { status: 'error', errorType: `E${String.fromCharCode(65 + index)}` })),
    );
    expect(windowsOf('booking', items, T0, T0 + 60_000)[0]!.errorTypes).toHaveLength(10);
  });

  test('names requests to look at, and the timeout that one of them ran into', () => {
    const items = [
      item('a', anAttempt(T0, { durationMs: 10 })),
      item(
        'b',
        anAttempt(T0, { durationMs: 3000, status: 'timeout', errorMessage: 'Task timed out after 3.00 seconds' }),
      ),
      item('c', anAttempt(T0, { durationMs: 20, status: 'out-of-memory' })),
      item('d', anAttempt(T0, { durationMs: 20 })),
    ];
    expect(windowsOf('booking', items, T0, T0 + 60_000)).toMatchObject([
      { exampleRequestIds: { slowest: ['b', 'c', 'd'], timeouts: ['b'], outOfMemory: ['c'] }, timeoutMs: 3000 },
    ]);
  });

  test('claims no timeout that nobody told, and no error where nothing failed', () => {
    const [window] = windowsOf(
      'booking',
      [item('a', anAttempt(T0, { status: 'timeout' })), item('b', anAttempt(T0 + 61_000))],
      T0,
      T0 + 120_000,
    ).reverse();
    expect(window).not.toHaveProperty('timeoutMs');
    expect(window).not.toHaveProperty('errorTypes');
    expect(window).not.toHaveProperty('initDurationSketch');
  });

  test('counts what runs at once, also what began in the minute before', () => {
    const items = [
      item('a', anAttempt(T0 + 50_000, { durationMs: 20_000 })),
      item('b', anAttempt(T0 + 61_000, { durationMs: 1_000 })),
      item('c', anAttempt(T0 + 61_500, { durationMs: 1_000 })),
      item('d', anAttempt(T0 + 62_000, { durationMs: 1_000 })),
      item('e', anAttempt(T0 + 75_000, { durationMs: 1_000 })),
    ];
    expect(windowsOf('booking', items, T0, T0 + 120_000).map(({ maxConcurrency }) => maxConcurrency)).toEqual([1, 3]);
    expect(windowsOf('booking', items, T0 + 60_000, T0 + 120_000)).toMatchObject([
      { invocations: 4, maxConcurrency: 3 },
    ]);
  });
});
