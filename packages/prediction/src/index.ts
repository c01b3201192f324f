export { breachEventOf } from './breach/breach-event.ts';
export type { BreachLife, Look } from './breach/breach-life.ts';
export type { BreachEvent, Limit, Recommendation, Resource } from './breach/limit.ts';
export { withdrawAll } from './breach/look-at-limits.ts';
export type { LimitChange, WatchedLimit } from './breach/watched-limit.ts';
export type { Capacity, Gauge, MetricSource } from './capacity/capacity.ts';
export { CAPACITY } from './capacity/capacity-limits.ts';
export { keepSample, type StoredSample } from './capacity/filling-look.ts';
export { gaugesOf } from './capacity/gauges-of.ts';
export { type GaugePoint, predictGauge } from './capacity/predict-gauge.ts';
export { type CostOutlook, costOutlook } from './cost/cost-outlook.ts';
export {
  ASSUMED_WORK,
  type OwnCost,
  type OwnWork,
  ownCost,
  type WatchedLoad,
  type WatchedMonth,
} from './cost/own-cost.ts';
export { STANDING_MONTH_USD } from './cost/standing-cost.ts';
export { sumOfOutlooks } from './cost/sum-of-outlooks.ts';
export { watchedMonth } from './cost/watched-month.ts';
export { scoresOf } from './forecast/scores.ts';
export { type LoadState, newLoadState } from './load/load-state.ts';
export { addLoads, MINUTE_MS, type MinuteLoad, minuteLoadOf } from './load/minute-load.ts';
export { pricedFor } from './load/priced-for.ts';
export { minutesOf } from './load/read-load.ts';
export { type NewMinute, takeMinutes } from './load/take-minutes.ts';
export { lookAhead, type Prediction, predictLoad } from './predict-load.ts';
export {
  type LoadForecast,
  METRICS,
  newPredictionState,
  type PredictionState,
  UNITS,
} from './prediction-state.ts';
export type { ColdCalls } from './recommend/cold-calls.ts';
export {
  /** @public */
  compareProvisioning,
  type ProvisioningInput,
  type ProvisioningOption,
} from './recommend/provisioned-concurrency.ts';
export {
  ADVICE_EVERY_MS,
  adviseProvisioning,
  isOtherAdvice,
  type ProvisioningAdvice,
} from './recommend/provisioning-advice.ts';
