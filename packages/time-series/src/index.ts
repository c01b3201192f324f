export { type DefaultDetectorState, defaultDetector, WARM_UP } from './detectors/default-detector.ts';
export type {
  AnomalyKind,
  Detector,
  DetectorPoint,
  UnjudgedKind,
  Verdict,
  VersionedState,
} from './detectors/detector.ts';
export { dropToNothingDetector } from './detectors/drop-to-nothing-detector.ts';
export { failureRateDetector } from './detectors/failure-rate-detector.ts';
export { flatLineDetector } from './detectors/flat-line-detector.ts';
export { levelShiftDetector } from './detectors/level-shift-detector.ts';
export { missingDataDetector } from './detectors/missing-data-detector.ts';
export { ANOMALY_THRESHOLD } from './detectors/score.ts';
export { seasonalDetector } from './detectors/seasonal-detector.ts';
export { smallCountDetector } from './detectors/small-count-detector.ts';
export { spikeDetector } from './detectors/spike-detector.ts';
export { unusualValueDetector } from './detectors/unusual-value-detector.ts';
export { varianceChangeDetector } from './detectors/variance-change-detector.ts';
export { LARGEST_FORECAST_VALUE, LONGEST_HORIZON } from './forecasters/checked-input.ts';
export {
  type CrossValidation,
  type CrossValidationOptions,
  /** @public */ crossValidate,
} from './forecasters/cross-validate.ts';
export { type EnsembleMember, type EnsembleModel, ensemble } from './forecasters/ensemble.ts';
export type { FitOptions, Forecast, Forecaster, Interval, Series } from './forecasters/forecaster.ts';
export { /** @public */ FORECASTERS } from './forecasters/forecasters.ts';
export { showsSeason } from './forecasters/prepared-series.ts';
export type { FinePoint, FineSeries } from './short-term/fine-point.ts';
export { type ShortTermModel, shortTerm } from './short-term/short-term.ts';
export { type Bucket, fitTail, probabilityAbove, type TailFit } from './tails/tail-fit.ts';
