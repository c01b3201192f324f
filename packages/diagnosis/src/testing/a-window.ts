import type { AssessedWindow, WindowFigures } from '../windows/window-input.ts';
import { FUNCTION_NAME, sketchOf } from './simulate-function.ts';

/** A minute of calls that all took the same, with what a test wants to be otherwise. */
export function aWindow(
  start: number,
  changes: Partial<WindowFigures> = {},
  revision = 0,
  durationMs = 100,
): AssessedWindow {
  const invocations = changes.invocations ?? 20;
  return {
    revision,
    figures: {
      functionName: FUNCTION_NAME,
      start,
      invocations,
      errors: 0,
      timeouts: 0,
      outOfMemory: 0,
      initErrors: 0,
      unknown: 0,
      coldStarts: 0,
      durationMs: { sum: invocations * durationMs, max: durationMs },
      initDurationMs: { sum: 0, max: 0 },
      billedDurationMs: invocations * durationMs,
      maxMemoryUsedMb: 150,
      memorySizeMb: 512,
      costUsd: invocations * 1e-6,
      durationSketch: sketchOf(!(invocations > 0) ? [] : [[durationMs, invocations]]),
      ...changes,
    },
  };
}
