export { type BilledInvocation, costOfInvocation, gbSeconds } from './cost-of-invocation.ts';
export { costOfLambdaMonth, type LambdaMonth } from './cost-of-lambda-month.ts';
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
export { type PriceTier, tieredCost } from './tiered-cost.ts';
