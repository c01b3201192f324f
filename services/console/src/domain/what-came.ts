import type { FunctionWindow } from '@lamplighter/contracts';

const FIVE_MS = 300_000;
const MOST_MS = 3 * 3_600_000;

/** What came, by the steps and in the units of forecasts: packages/prediction/src/load. */
export interface WhatCame {
  readonly startsAt: number;
  readonly stepMs: number;
  /** By the forecast's metric: calls, most at once, and milliseconds a call with its initialisation; null where it is not known. */
  readonly values: Readonly<Record<'invocations' | 'concurrency' | 'duration', readonly (number | null)[]>>;
}

/** The whole five minutes of a look, of a long one the last three hours. A step that is not over, or was begun before, is left out: it would look like a drop. */
export function whatCame(
  windows: readonly FunctionWindow[],
  { since, until }: { readonly since: number; readonly until: number },
): WhatCame {
  const startsAt = Math.ceil(Math.max(since, until - MOST_MS) / FIVE_MS) * FIVE_MS;
  const count = Math.max(0, Math.floor((until - startsAt) / FIVE_MS));
  const steps = Array.from({ length: count }, () => [] as FunctionWindow[]);
  for (const window of windows) steps[Math.floor((window.start - startsAt) / FIVE_MS)]?.push(window);
  return {
    startsAt,
    stepMs: FIVE_MS,
    values: { invocations: steps.map(callsOf), concurrency: steps.map(peakOf), duration: steps.map(meanOf) },
  };
}

const callsOf = (minutes: readonly FunctionWindow[]): number =>
  minutes.reduce((sum, { invocations }) => sum + invocations, 0);

function peakOf(minutes: readonly FunctionWindow[]): number | null {
  if (callsOf(minutes) === 0) return 0;
  const told = minutes.flatMap(({ maxConcurrency = 0 }) => (maxConcurrency > 0 ? [maxConcurrency] : []));
  return told.length === 0 ? null : Math.max(...told);
}

function meanOf(minutes: readonly FunctionWindow[]): number | null {
  const calls = callsOf(minutes);
  const busyMs = minutes.reduce((sum, { durationMs, initDurationMs }) => sum + durationMs.sum + initDurationMs.sum, 0);
  return calls === 0 ? null : Number((busyMs / calls).toPrecision(4));
}
