import { usdOf } from './price-book.ts';

/** Instruction set of a function, as its configuration names it. */
export type Architecture = 'x86_64' | 'arm64';

export const USD_PER_REQUEST = usdOf('lambda.requests') / 1e6;

/** USD per GB-second in the first tier, where all but the largest accounts are. */
export const USD_PER_GB_SECOND: Readonly<Record<Architecture, number>> = {
  x86_64: usdOf('lambda.duration_x86_tier1'),
  arm64: usdOf('lambda.duration_arm_tier1'),
};
