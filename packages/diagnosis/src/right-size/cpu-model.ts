/** Memory that comes with one whole vCPU; CPU is in proportion to memory: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html. */
export const MB_PER_VCPU = 1_769;
/** Sizes that are compared: the powers of two and the steps of a vCPU, from the smallest to the largest that Lambda has. */
export const MEMORY_SIZES_MB: readonly number[] = [
  128, 256, 512, 768, 1_024, 1_536, 1_769, 2_048, 3_008, 3_538, 5_307, 7_076, 8_845, 10_240,
];
/** Whether code computes on one thread, which gains nothing beyond one vCPU, or on as many as there are, is not known: sizes beyond one vCPU are taken both ways. */
export const THREADS: readonly number[] = [1, Number.POSITIVE_INFINITY];

/**
 * How long a call takes at another memory size: waiting stays as long as it is, computing takes as long as the CPU share says (Amdahl 1967).
 * `cpuShare` is the computing part of the duration at `fromMb`, 0 to 1.
 */
export function durationFactor(fromMb: number, toMb: number, cpuShare: number, threads = 1): number {
  const vcpu = (mb: number): number => Math.min(threads, mb / MB_PER_VCPU);
  return 1 - cpuShare + cpuShare * (vcpu(fromMb) / vcpu(toMb));
}

/** Durations at a size: their mean and its standard error. */
interface SizeMean {
  readonly memorySizeMb: number;
  readonly ms: number;
  readonly errorMs: number;
}

/**
 * Means of durations at two sizes give the computing share at the first, with its standard error: mean2 / mean1 = 1 - c + c x v1 / v2. Undefined where both have
 * the same CPU. Not clamped: chance may bring it below 0 and above 1.
 */
export function cpuShareOf(
  one: SizeMean,
  other: SizeMean,
  threads = 1,
): { readonly share: number; readonly error: number } | undefined {
  const gain = durationFactor(one.memorySizeMb, other.memorySizeMb, 1, threads) - 1;
  if (Math.abs(gain) < 0.05 || one.ms <= 0 || other.ms <= 0) return undefined;
  const ratio = other.ms / one.ms;
  const error = ratio * Math.hypot(one.errorMs / one.ms, other.errorMs / other.ms);
  return { share: (ratio - 1) / gain, error: error / Math.abs(gain) };
}
