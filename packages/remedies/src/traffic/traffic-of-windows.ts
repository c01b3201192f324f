import type { FunctionWindow } from '@lamplighter/contracts';
import type { Traffic } from '../remedy-context.ts';
import { mergedSketch, quantileOf, tailOf } from './latency-sketch.ts';
import { type MeteredMinute, throttledShareOf } from './metered-minute.ts';

/**
 * A function's minutes as one figure each. Of the quantiles as many of the slowest calls are left out as started an environment, as the diagnosis does: they
 * run code for the first time, and a repair that replaces every environment would be judged by them. Quiet minutes count for the rate, and for nothing else. `metered` where somebody asked for it.
 */
export function trafficOf(windows: readonly FunctionWindow[], metered: readonly MeteredMinute[] = []): Traffic {
  const sum = (figure: (window: FunctionWindow) => number) =>
    windows.reduce((total, window) => total + figure(window), 0);
  const most = (figure: (window: FunctionWindow) => number) =>
    windows.reduce((highest, window) => Math.max(highest, figure(window)), 0);
  const calls = sum(({ invocations }) => invocations);
  const coldStarts = sum((window) => window.coldStarts);
  const share = (count: number) => (calls === 0 ? 0 : count / calls);
  const sketch = mergedSketch(windows.map(({ durationSketch }) => durationSketch));
  const [memoryUse, tail, throttledShare] = [most(memoryUseOf), tailOf(sketch), throttledShareOf(metered)];
  const ages = metered.flatMap(({ iteratorAgeMs }) => iteratorAgeMs ?? []);
  const spentMs = sum(({ durationMs }) => durationMs.sum);
  return {
    minutes: windows.length,
    callsPerMinute: windows.length === 0 ? 0 : calls / windows.length,
    peakConcurrency: most(({ maxConcurrency, invocations }) => maxConcurrency ?? Math.min(invocations, 1)),
    p50Ms: quantileOf(sketch, 0.5, coldStarts),
    p95Ms: quantileOf(sketch, 0.95, coldStarts),
    maxMs: most(({ durationMs }) => durationMs.max),
    ...(calls > 0 && spentMs > 0 && { meanMs: spentMs / calls }),
    failureShare: share(sum(failuresOf)),
    timeoutShare: share(sum(({ timeouts }) => timeouts)),
    outOfMemoryShare: share(sum(({ outOfMemory }) => outOfMemory)),
    coldStartShare: share(coldStarts),
    maxMemoryUsedMb: most(({ maxMemoryUsedMb }) => maxMemoryUsedMb),
    ...(memoryUse > 0 && { memoryUse }),
    ...(tail && { tail }),
    ...(throttledShare !== undefined && { throttledShare }),
    ...(ages.length > 0 && { iteratorAgeMs: Math.max(...ages) }),
    byVersion: versionsOf(windows),
  };
}

const memoryUseOf = ({ maxMemoryUsedMb, memorySizeMb }: FunctionWindow): number =>
  memorySizeMb > 0 ? maxMemoryUsedMb / memorySizeMb : 0;

/** No more than there were calls: one call may log several errors that it dealt with. */
const failuresOf = ({ invocations, errors, timeouts, outOfMemory, initErrors, handledErrors = [] }: FunctionWindow) =>
  Math.min(
    invocations,
    errors + timeouts + outOfMemory + initErrors + handledErrors.reduce((sum, { count }) => sum + count, 0),
  );

function versionsOf(windows: readonly FunctionWindow[]): NonNullable<Traffic['byVersion']> {
  const figures = windows.flatMap(({ byVersion = [] }) => byVersion);
  return [...Map.groupBy(figures, ({ version }) => version)].map(([version, own]) => ({
    version,
    calls: own.reduce((sum, { invocations }) => sum + invocations, 0),
    failures: own.reduce((sum, { failures }) => sum + failures, 0),
  }));
}
