import { usdOf } from './price-book.ts';
import type { PriceTier } from './tiered-cost.ts';

/** Instruction set of a function, as its configuration names it. */
export type Architecture = 'x86_64' | 'arm64';

export const USD_PER_REQUEST = usdOf('lambda.requests') / 1e6;

/** USD per GB-second of duration, by the account's GB-seconds of the month. Bounds as in the notes of the price book. */
export const DURATION_TIERS: Readonly<Record<Architecture, readonly PriceTier[]>> = {
  x86_64: [
    { upTo: 6e9, usdPerUnit: usdOf('lambda.duration_x86_tier1') },
    { upTo: 15e9, usdPerUnit: usdOf('lambda.duration_x86_tier2') },
    { upTo: Number.POSITIVE_INFINITY, usdPerUnit: usdOf('lambda.duration_x86_tier3') },
  ],
  arm64: [
    { upTo: 7.5e9, usdPerUnit: usdOf('lambda.duration_arm_tier1') },
    { upTo: 18.75e9, usdPerUnit: usdOf('lambda.duration_arm_tier2') },
    { upTo: Number.POSITIVE_INFINITY, usdPerUnit: usdOf('lambda.duration_arm_tier3') },
  ],
};

/** USD per GB-second in the first tier, where all but the largest accounts are. */
export const USD_PER_GB_SECOND: Readonly<Record<Architecture, number>> = {
  x86_64: usdOf('lambda.duration_x86_tier1'),
  arm64: usdOf('lambda.duration_arm_tier1'),
};

/** Included each month in every account, without end. */
export const FREE_REQUESTS = usdOf('lambda.free_tier_requests');
export const FREE_GB_SECONDS = usdOf('lambda.free_tier_gbs');
