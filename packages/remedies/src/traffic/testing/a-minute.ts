import { gzipSync } from 'node:zlib';
import { DDSketch } from '@datadog/sketches-js';
import type { FunctionWindow } from '@lamplighter/contracts';

export const NOTHING = { sum: 0, max: 0 };

/** A minute of ten calls of which nothing is known but that they went well. */
export const aMinute = (more: Partial<FunctionWindow>): FunctionWindow => ({
  functionName: 'hotel-pay',
  start: 0,
  invocations: 10,
  errors: 0,
  timeouts: 0,
  outOfMemory: 0,
  initErrors: 0,
  unknown: 0,
  coldStarts: 0,
  durationMs: NOTHING,
  initDurationMs: NOTHING,
  billedDurationMs: 0,
  maxMemoryUsedMb: 0,
  memorySizeMb: 128,
  costUsd: 0,
  durationSketch: '',
  ...more,
});

/** A minute in which calls took so long, as the ingestion writes it. */
export function aMinuteOf(start: number, durationsMs: readonly number[]): FunctionWindow {
  const sketch = new DDSketch({ relativeAccuracy: 0.01 });
  for (const durationMs of durationsMs) sketch.accept(durationMs);
  return aMinute({
    start,
    invocations: durationsMs.length,
    durationSketch: gzipSync(sketch.toProto()).toString('base64'),
  });
}
