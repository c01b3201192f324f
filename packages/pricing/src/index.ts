export { type BilledInvocation, costOfInvocation, gbSeconds } from './cost-of-invocation.ts';
export { costOfLambdaMonth, type LambdaMonth } from './cost-of-lambda-month.ts';
export { costOnArchitecture } from './cost-on-architecture.ts';
export type { Architecture } from './lambda-rates.ts';
export {
  findPrice,
  listPrices,
  PRICE_REGION,
  type Price,
  type PriceConfidence,
  type PriceKey,
  usdOf,
} from './price-book.ts';
export { type Charge, type ChargeBasis, UnpricedResourceError } from './standing-charges/charge-rule.ts';
export { idleCostPerHour, type StandingCharge, standingCharges } from './standing-charges/standing-charges.ts';
export type { Template } from './standing-charges/template.ts';
export { type PriceTier, tieredCost } from './tiered-cost.ts';
