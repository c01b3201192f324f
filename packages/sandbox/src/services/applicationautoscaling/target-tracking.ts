/** How many minutes the alarms of target tracking look at. Source: Application Auto Scaling User Guide, "Target tracking scaling policies". */
const MINUTES_TO_SCALE_OUT = 3;
const MINUTES_TO_SCALE_IN = 15;
/** Scaling in begins below nine tenths of the target. */
const SCALE_IN_BELOW = 0.9;

export interface TrackingInput {
  /** Of the minutes just past, newest last, 0 to 1; undefined where there was no data. */
  readonly utilisation: readonly (number | undefined)[];
  readonly targetValue: number;
  readonly current: number;
  readonly isScaleInDisabled: boolean;
}

/**
 * The capacity that keeps utilisation at its target, or nothing where it stays as it is. Minutes without data scale nothing in: a function that
 * nobody calls has no utilisation.
 */
export function trackTarget({
  utilisation,
  targetValue,
  current,
  isScaleInDisabled,
}: TrackingInput): number | undefined {
  const latest = utilisation.slice(-MINUTES_TO_SCALE_OUT);
  if (latest.length === MINUTES_TO_SCALE_OUT && latest.every((value) => value !== undefined && value > targetValue))
    return Math.ceil((current * Math.max(...(latest as number[]))) / targetValue);
  const longer = utilisation.slice(-MINUTES_TO_SCALE_IN);
  const isLow = longer.every((value) => value !== undefined && value < targetValue * SCALE_IN_BELOW);
  if (isScaleInDisabled || longer.length < MINUTES_TO_SCALE_IN || !isLow) return undefined;
  return Math.max(1, Math.ceil((current * Math.max(...(longer as number[]))) / targetValue));
}
