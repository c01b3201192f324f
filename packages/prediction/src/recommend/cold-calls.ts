import type { ColdDay } from '../load/cold-days.ts';

/** How a function's calls fare where no environments are kept ready for them. */
export interface ColdCalls {
  /** Share of the calls that meet a new environment, 0 to 1. */
  readonly share: number;
  /** Mean of what a new environment takes to begin. */
  readonly initMs: number;
}

/** What was last advised of a function; what it rests on is absent where an earlier release advised it. */
export interface EarlierAdvice {
  readonly advised: string;
  readonly cold?: ColdCalls;
}

const DAY_MS = 86_400_000;

export interface ColdContext {
  /** Environments are kept ready for it now. */
  readonly isProvisioned: boolean;
  readonly callsPerDay: number;
  readonly before: EarlierAdvice | undefined;
  /** The fewest and quickest cold calls on which an advice is given. */
  readonly least: ColdCalls;
}

/**
 * The cold calls that an advice rests on: those that were seen without environments kept ready, of a day's calls at least. While an advice is followed there
 * are none, since it is followed: then those on which it was given, or (of an earlier release's, which kept none) the least that it can have been given on.
 * Nothing where it is not known.
 */
export function coldCallsOf(
  days: readonly ColdDay[],
  { isProvisioned, callsPerDay, before, least }: ColdContext,
): ColdCalls | undefined {
  const isFollowed = before?.advised === 'provisioned-concurrency' && (isProvisioned || wasProvisioned(days));
  if (isFollowed) return before.cold ?? least;
  const calls = sum(days, ({ onDemand }) => onDemand.calls);
  if (calls === 0 || calls < callsPerDay) return undefined;
  const coldStarts = sum(days, ({ onDemand }) => onDemand.coldStarts);
  const initMs = sum(days, ({ onDemand }) => onDemand.initMs);
  return { share: coldStarts / calls, initMs: coldStarts === 0 ? 0 : initMs / coldStarts };
}

/** Of a schedule by the clock a part of the day may be without: of the last two days some calls met environments kept ready. */
function wasProvisioned(days: readonly ColdDay[]): boolean {
  const since = (days.at(-1)?.start ?? 0) - DAY_MS;
  return days.some(({ start, calls, onDemand }) => start >= since && onDemand.calls < calls);
}

const sum = (days: readonly ColdDay[], of: (day: ColdDay) => number): number =>
  days.reduce((total, day) => total + of(day), 0);
