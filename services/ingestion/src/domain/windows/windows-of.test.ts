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
});
