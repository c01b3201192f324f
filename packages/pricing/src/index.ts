export { type BilledInvocation, costOfInvocation, gbSeconds } from './cost-of-invocation.ts';
export { costOnArchitecture } from './cost-on-architecture.ts';
export type { Architecture } from './lambda-rates.ts';
export {
  findPrice,
  type Price,
  type PriceConfidence,
  type PriceKey,
  usdOf,
} from './price-book.ts';
export { type Charge, type ChargeBasis, UnpricedResourceError } from './standing-charges/charge-rule.ts';
export { idleCostPerHour, type StandingCharge, standingCharges } from './standing-charges/standing-charges.ts';
export type { Template } from './standing-charges/template.ts';
