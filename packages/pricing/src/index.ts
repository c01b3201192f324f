export { architectureAt, callAsRun, costAsRun, type RunsOn, windowsAsRun } from './cost-as-run.ts';
export { type BilledInvocation, costOfInvocation } from './cost-of-invocation.ts';
export { costOfModelAnswer, type TokenPrice } from './cost-of-model-answer.ts';
export type { Architecture } from './lambda-rates.ts';
export {
  /** @public */
  findPrice,
  type Price,
  type PriceConfidence,
  type PriceKey,
  usdOf,
} from './price-book.ts';
export type { Charge, ChargeBasis } from './standing-charges/charge-rule.ts';
export { idleCostPerHour, type StandingCharge, standingCharges } from './standing-charges/standing-charges.ts';
export type { Template } from './standing-charges/template.ts';
