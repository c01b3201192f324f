import { type Architecture, usdOf } from '@lamplighter/pricing';
import type { Traffic } from './remedy-context.ts';

const PER_GB_SECOND: Readonly<Record<Architecture, number>> = {
  x86_64: usdOf('lambda.duration_x86_tier1'),
  arm64: usdOf('lambda.duration_arm_tier1'),
};

/** USD an hour of the traffic's duration at a memory size, durations as they are: a larger size is rarely slower, so for more memory this is the most that it costs. */
export function durationCostPerHour(
  { callsPerMinute, p50Ms }: Traffic,
  memorySizeMb: number,
  architecture: Architecture,
): number {
  return ((callsPerMinute * 60 * p50Ms) / 1000) * (memorySizeMb / 1024) * PER_GB_SECOND[architecture];
}

/** USD an hour of keeping environments provisioned. */
export function provisionedCostPerHour(environments: number, memorySizeMb: number, architecture: Architecture): number {
  const rate = usdOf(
    architecture === 'arm64' ? 'lambda.provisioned_concurrency_arm' : 'lambda.provisioned_concurrency_x86',
  );
  return environments * (memorySizeMb / 1024) * rate * 3600;
}
