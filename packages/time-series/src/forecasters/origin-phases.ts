import { meanAbsoluteError } from './origin-error.ts';
import type { OriginPlan, RolledForecast } from './roll-origins.ts';

/**
 * Origins by where they lie within a horizon's length: what begins on the hour is best forecast by other ways before the hour than after it. Counted from the
 * series' end; `span` 1 where all are one.
 */
export interface OriginPhases {
  /** Points after which the phases begin again. */
  readonly span: number;
  /** Points of a phase. */
  readonly every: number;
}

export const ONE_PHASE: OriginPhases = { span: 1, every: 1 };

/** With fewer origins of each, phases say less than all origins together: two days of hours. */
const LEAST_ORIGINS = 48;
/** The error of all origins counts as much as so many of the phase's own. */
const SHRUNK_BY = 12;

/** The phases that a plan has origins enough for. */
export function phasesOf({ first, every, horizon }: OriginPlan, count: number): OriginPhases {
  const origins = Math.floor((count - first) / every);
  const phases = Math.floor(horizon / every);
  return phases > 1 && origins >= phases * LEAST_ORIGINS ? { span: phases * every, every } : ONE_PHASE;
}

/** Which phase a point has that lies so many points after the series' end; negative: before. */
export function phaseAt({ span, every }: OriginPhases, after: number): number {
  return Math.floor((((after % span) + span) % span) / every);
}

const phaseCount = ({ span, every }: OriginPhases): number => span / every;

/** The forecasts of each phase. */
export function byPhase(forecasts: readonly RolledForecast[], phases: OriginPhases, count: number): RolledForecast[][] {
  const groups = Array.from({ length: phaseCount(phases) }, (): RolledForecast[] => []);
  for (const forecast of forecasts) groups[phaseAt(phases, forecast.origin - count)]!.push(forecast);
  return groups;
}

/**
 * Mean absolute errors of each of several ways in each phase, shrunk towards what they are in all phases together: [phase][way]. A phase that is harder for all
 * is so for none in particular.
 */
export function phaseErrors(
  ways: readonly (readonly RolledForecast[])[],
  values: readonly number[],
  phases: OriginPhases,
): number[][] {
  const overall = ways.map((forecasts) => meanAbsoluteError(forecasts, values));
  if (phaseCount(phases) === 1) return [overall];
  const grouped = ways.map((forecasts) => byPhase(forecasts, phases, values.length));
  return Array.from({ length: phaseCount(phases) }, (_, phase) => {
    const own = grouped.map((groups) => meanAbsoluteError(groups[phase]!, values));
    const count = grouped[0]?.[phase]?.length ?? 0;
    const harder = sum(own) / Math.max(Number.MIN_VALUE, sum(overall));
    return own.map((error, way) => (count * error + SHRUNK_BY * harder * overall[way]!) / (count + SHRUNK_BY));
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
