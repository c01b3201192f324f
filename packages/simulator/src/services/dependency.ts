import type { Tick } from '../tick.ts';

/** Something that functions call. What a call is like follows from the state in which the tick before left it; what is asked for in a tick is served at its end. */
export interface Dependency {
  /** Milliseconds that `units` take, and those that come on top whatever the function's own spread. */
  callMs(units: number): { readonly usual: number; readonly extra: number };
  /** Share of calls that fail after all attempts of the SDK. */
  readonly failShare: number;
  /** `count` invocations ask for `units` each. */
  ask(count: number, units: number): void;
  /** Environments that hold connections to it. */
  hold(environments: number): void;
  endTick(tick: Tick): void;
}

/** The whole part of what was asked for, which a sum of shares may miss by a rounding; what is left of it is for the next tick. */
export const wholeOf = (asked: number): number => Math.floor(asked + 1e-6);

/** What a throttled call costs: attempts fail independently with `share`, each waits twice as long as the one before. */
export function throttledCall(
  share: number,
  attempts: number,
  backoffMs: number,
): { failShare: number; waitMs: number } {
  let waitMs = 0;
  for (let attempt = 1; attempt < attempts; attempt++) waitMs += share ** attempt * backoffMs * 2 ** (attempt - 1);
  return { failShare: share ** attempts, waitMs };
}
