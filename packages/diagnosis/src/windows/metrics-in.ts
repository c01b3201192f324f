import type { Observation } from './observation.ts';
import type { MetricMinute } from './window-input.ts';

const NAMES = ['invocations', 'iteratorAgeMs', 'maxConcurrency', 'recursiveInvocationsDropped', 'throttles'] as const;
/** The year 2200: no minute is later. */
const LAST_TIME = 7_258_118_400_000;
const MOST = 1e12;

/** The figures of a minute of CloudWatch without their time. */
export type MinuteMetrics = Omit<MetricMinute, 'start'>;

/** The figures that are finite and not negative, in one order of their names; undefined for a minute without a time. */
export function metricsIn(minute: MetricMinute): MinuteMetrics | undefined {
  if (!(Number.isFinite(minute.start) && minute.start >= 0 && minute.start <= LAST_TIME)) return undefined;
  const figures = NAMES.map((name) => [name, Math.round(minute[name] ?? -1)] as const);
  return Object.fromEntries(figures.filter(([, value]) => value >= 0 && value < MOST)) as MinuteMetrics;
}

/** A minute with what CloudWatch tells of it: what both tell, the greater. */
export function withMetrics(seen: Observation, metrics: MinuteMetrics): Observation {
  const { recursiveInvocationsDropped, invocations: _counted, ...same } = metrics;
  const told = {
    ...same,
    ...(recursiveInvocationsDropped !== undefined && { recursionsDropped: recursiveInvocationsDropped }),
  };
  const merged: Record<string, unknown> = { ...seen };
  for (const [name, value] of Object.entries(told)) merged[name] = Math.max(Number(merged[name] ?? 0), value);
  return merged as unknown as Observation;
}

/** Whether CloudWatch counted calls in a minute of which the logs tell none: they are lost, or on their way. */
export const isMissing = ({ calls }: Pick<Observation, 'calls'>, metrics: MinuteMetrics | undefined): boolean =>
  calls === 0 && (metrics?.invocations ?? 0) > 0;
