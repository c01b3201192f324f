import { type Architecture, USD_PER_GB_SECOND, USD_PER_REQUEST } from './lambda-rates.ts';

/** What a REPORT record tells of an invocation. */
export interface BilledInvocation {
  /**
   * As REPORT says it: SnapStart's billed restore is in it (149.53 ms and a billed restore of 163 ms are billed as 313 ms), so it is not added.
   * Includes the init phase since 2025-08-01; see https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/.
   */
  readonly billedDurationMs: number;
  readonly memorySizeMb: number;
  /** `x86_64` where it is not known: the dearer of the two. */
  readonly architecture?: Architecture;
}

/** USD of one invocation of an on-demand function at list price: request and GB-seconds of the first tier, nothing taken off for the free tier. */
export function costOfInvocation({
  billedDurationMs,
  memorySizeMb,
  architecture = 'x86_64',
}: BilledInvocation): number {
  return USD_PER_REQUEST + gbSeconds(billedDurationMs, memorySizeMb) * USD_PER_GB_SECOND[architecture];
}

/** GB-seconds as AWS bills them: a GB has 1,024 MB. */
export function gbSeconds(billedDurationMs: number, memorySizeMb: number): number {
  return (billedDurationMs / 1000) * (memorySizeMb / 1024);
}
