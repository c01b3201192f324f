export { type BreachLife, type Look, NO_BREACH } from './breach/breach-life.ts';
export type { BreachEvent, Limit, Recommendation, Resource } from './breach/limit.ts';
export { addLoads, estimatePeak, MINUTE_MS, type MinuteLoad, minuteLoadOf } from './load/minute-load.ts';
export { fivesOf, hoursOf, minutesOf } from './load/read-load.ts';
export type { NewMinute } from './load/take-minutes.ts';
export {
  type LimitChange,
  type LoadForecast,
  lookAhead,
  METRICS,
  newPredictionState,
  type Prediction,
  type PredictionState,
  predictLoad,
  UNITS,
  type WatchedLimit,
} from './predict-load.ts';
