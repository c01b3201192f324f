import { type Calibration, calibrate, calibrateByDifferences } from './calibration.ts';
import { checkHorizon, checkValue } from './checked-input.ts';
import { forecastAround } from './forecast-around.ts';
import type { Forecaster } from './forecaster.ts';
import type { PointForecaster } from './point-forecaster.ts';
import { prepareSeries } from './prepared-series.ts';
import { rollOrigins } from './roll-origins.ts';

export interface CalibratedModel<Model> {
  readonly isCount: boolean;
  readonly model: Model;
  readonly calibration: Calibration;
}

/** The forecaster that puts split-conformal intervals around a point forecaster's mean, calibrated on rolling origins of the series. */
export function withIntervals<Model>(point: PointForecaster<Model>): Forecaster<CalibratedModel<Model>> {
  return {
    name: point.name,
    fit: (series, options) => {
      const { values, seasonLengths, plan } = prepareSeries(series, options);
      const calibration =
        plan === undefined
          ? calibrateByDifferences(values)
          : calibrate(rollOrigins(point, values, { seasonLengths, plan }), values);
      return { isCount: options.isCount ?? false, model: point.fit(values, seasonLengths), calibration };
    },
    predict: (model, horizon, levels) => {
      checkHorizon(horizon);
      return forecastAround(point.mean(model.model, horizon), model, levels);
    },
    update: (model, value) => {
      if (value !== null) checkValue(value, model);
      return { ...model, model: point.update(model.model, value ?? point.mean(model.model, 1)[0]!) };
    },
  };
}
