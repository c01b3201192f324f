import type { AssessedWindow, WindowFigures } from '@lamplighter/diagnosis';

export const IDENTITY = { accountId: '123456789012', region: 'us-east-1', functionName: 'hotel-pay' };
export const START_MS = Date.UTC(2026, 0, 15, 12);
export const MINUTE_MS = 60_000;
export const minuteAt = (minute: number): number => START_MS + minute * MINUTE_MS;

/** A closed minute of thirty calls, with what a test wants to be otherwise. */
export function aMinute(minute: number, changes: Partial<WindowFigures> = {}, revision = 0): AssessedWindow {
  return {
    revision,
    figures: {
      functionName: IDENTITY.functionName,
      start: minuteAt(minute),
      invocations: 30,
      errors: 0,
      timeouts: 0,
      outOfMemory: 0,
      initErrors: 0,
      unknown: 0,
      coldStarts: 0,
      durationMs: { sum: 3_000, max: 100 },
      initDurationMs: { sum: 0, max: 0 },
      billedDurationMs: 3_000,
      maxMemoryUsedMb: 120,
      memorySizeMb: 512,
      costUsd: 3e-5,
      durationSketch: '',
      ...changes,
    },
  };
}
