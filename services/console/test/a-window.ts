import type { FunctionWindow } from '@lamplighter/contracts';

/** A minute of ten calls, of which four failed. */
export const aWindow = (functionName: string, start: number): FunctionWindow => ({
  ...{ functionName, start, invocations: 10, errors: 4, timeouts: 0, outOfMemory: 0, initErrors: 0, unknown: 0 },
  ...{ coldStarts: 0, durationMs: { sum: 100, max: 20 }, initDurationMs: { sum: 0, max: 0 }, billedDurationMs: 100 },
  ...{ maxMemoryUsedMb: 100, memorySizeMb: 512, costUsd: 0.1, durationSketch: '' },
});
