import { countOf, type Histogram, valueOfBin } from '../statistics/histogram.ts';

/** Memory that comes with one whole vCPU; CPU is in proportion to memory: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html. */
export const MB_PER_VCPU = 1_769;
/** Sizes that are compared: the powers of two and the steps of a vCPU, from the smallest to the largest that Lambda has. */
export const MEMORY_SIZES_MB: readonly number[] = [
  128, 256, 512, 768, 1_024, 1_536, 1_769, 2_048, 3_008, 3_538, 5_307, 7_076, 8_845, 10_240,
];

/**
 * How long a call takes at another memory size: waiting stays as long as it is, computing takes as long as the CPU share says (Amdahl 1967).
 * One thread is taken for granted, so nothing gets faster beyond one vCPU. `cpuShare` is the computing part of the duration at `fromMb`, 0 to 1.
 */
export function durationFactor(fromMb: number, toMb: number, cpuShare: number): number {
  const vcpu = (mb: number): number => Math.min(1, mb / MB_PER_VCPU);
  return 1 - cpuShare + cpuShare * (vcpu(fromMb) / vcpu(toMb));
}

/** Means of durations at two sizes give the computing share at the first: mean2 / mean1 = 1 - c + c x v1 / v2. Undefined where both have a whole vCPU. Clamped to 0..1. */
export function cpuShareOf(
  one: { memorySizeMb: number; meanMs: number },
  other: { memorySizeMb: number; meanMs: number },
): number | undefined {
  const gain = durationFactor(one.memorySizeMb, other.memorySizeMb, 1) - 1;
  if (Math.abs(gain) < 0.05 || one.meanMs <= 0) return undefined;
  return Math.min(1, Math.max(0, (other.meanMs / one.meanMs - 1) / gain));
}

export function meanMsOf(histogram: Histogram): number {
  const total = countOf(histogram);
  return total === 0 ? 0 : histogram.reduce((sum, [bin, count]) => sum + count * valueOfBin(bin), 0) / total;
}
