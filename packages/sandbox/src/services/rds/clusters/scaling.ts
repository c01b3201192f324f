import { invalidValue } from '../rds-error.ts';
import type { Scaling } from './cluster.ts';

/** As a template or a call gives it; both may write numbers as text. */
export interface ScalingInput {
  readonly MinCapacity?: number | string;
  readonly MaxCapacity?: number | string;
  readonly SecondsUntilAutoPause?: number | string;
}

const DEFAULT_SECONDS_UNTIL_PAUSE = 300;

/** The scaling with what was given changed. Source: RDS API Reference, ServerlessV2ScalingConfiguration. Throws `InvalidParameterValue`. */
export function scalingFrom(input: ScalingInput, base?: Scaling): Scaling {
  const minCapacity = capacity('MinCapacity', input.MinCapacity ?? base?.minCapacity, 0);
  const maxCapacity = capacity('MaxCapacity', input.MaxCapacity ?? base?.maxCapacity, 1);
  if (minCapacity > maxCapacity) throw invalidValue('MinCapacity cannot be greater than MaxCapacity.');
  const given = input.SecondsUntilAutoPause ?? (minCapacity === 0 ? base?.secondsUntilAutoPause : undefined);
  if (minCapacity > 0) {
    if (given !== undefined) throw invalidValue('SecondsUntilAutoPause requires a MinCapacity of 0.');
    return { minCapacity, maxCapacity };
  }
  const seconds = Number(given ?? DEFAULT_SECONDS_UNTIL_PAUSE);
  if (!Number.isInteger(seconds) || seconds < 300 || seconds > 86_400)
    throw invalidValue('SecondsUntilAutoPause must be between 300 and 86,400.');
  return { minCapacity, maxCapacity, secondsUntilAutoPause: seconds };
}

/** Half steps from 0 to 256. */
function capacity(name: string, value: number | string | undefined, lowest: number): number {
  const units = Number(value);
  if (value !== undefined && Number.isInteger(units * 2) && units >= lowest && units <= 256) return units;
  throw invalidValue(`${name} must be in half steps between ${lowest} and 256, not ${value}.`);
}
