import { type Architecture, DURATION_TIERS, FREE_GB_SECONDS, FREE_REQUESTS, USD_PER_REQUEST } from './lambda-rates.ts';
import { tieredCost } from './tiered-cost.ts';

/** An account's on-demand use of Lambda in one month. */
export interface LambdaMonth {
  readonly requests: number;
  readonly gbSeconds: number;
  readonly architecture: Architecture;
  /** Takes the monthly free tier off; only true where nothing else in the account uses it. */
  readonly freeTier?: boolean;
}

/** USD of a month, with the tiers of the duration price. */
export function costOfLambdaMonth({ requests, gbSeconds, architecture, freeTier = false }: LambdaMonth): number {
  const billedRequests = Math.max(0, requests - (freeTier ? FREE_REQUESTS : 0));
  const billedGbSeconds = Math.max(0, gbSeconds - (freeTier ? FREE_GB_SECONDS : 0));
  return billedRequests * USD_PER_REQUEST + tieredCost(billedGbSeconds, DURATION_TIERS[architecture]);
}
