import type { Fault } from '../scenario/fault.ts';

/** What the faults of a function do to it now; shares are 0 to 1. */
export interface FunctionEffects {
  readonly errorShare: number;
  readonly durationFactor: number;
  readonly coldShare: number;
  readonly leakMbPerMinute: number;
}

export const NO_EFFECTS: FunctionEffects = { errorShare: 0, durationFactor: 1, coldShare: 0, leakMbPerMinute: 0 };

export const isActive = (fault: Fault, nowMs: number): boolean =>
  nowMs >= fault.at && (fault.until === undefined || nowMs < fault.until);

/** Sums up the faults that are under way. A deployed fault is the version's, not the function's: see `Versions`. */
export function effectsAt(faults: readonly Fault[], nowMs: number): FunctionEffects {
  let effects = NO_EFFECTS;
  for (const fault of faults) if (isActive(fault, nowMs)) effects = withFault(effects, fault, nowMs);
  return effects;
}

function withFault(effects: FunctionEffects, fault: Fault, nowMs: number): FunctionEffects {
  switch (fault.kind) {
    case 'error-rate':
      return { ...effects, errorShare: 1 - (1 - effects.errorShare) * (1 - fault.pct / 100) };
    case 'timeout-creep':
      return {
        ...effects,
        durationFactor: effects.durationFactor * (1 + ((fault.pctPerMinute / 100) * (nowMs - fault.at)) / 60_000),
      };
    case 'cold-start-storm':
      return { ...effects, coldShare: Math.min(1, effects.coldShare + fault.pct / 100) };
    case 'memory-leak':
      return { ...effects, leakMbPerMinute: effects.leakMbPerMinute + fault.mbPerMinute };
    default:
      return effects;
  }
}
