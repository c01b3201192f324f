import { forecastBounds } from '../forecasters/forecast-bounds.ts';
import { type DesignMatrix, regress } from '../forecasters/regress.ts';
import { measureScale, type Scale, scaled, unscaled } from '../forecasters/scale.ts';
import type { FinePoint } from './fine-point.ts';
import type { ShortTermMember } from './short-term-member.ts';

export interface DirectRegressionModel {
  readonly scale: Scale;
  /** Of each step. */
  readonly steps: readonly { readonly lags: readonly number[]; readonly coefficients: readonly number[] }[];
  /** The newest points, scaled, as many as the longest lag. */
  readonly tail: readonly number[];
  /** Scaled. */
  readonly latest: number;
  /** Lowest and highest scaled point that a forecast may reach. */
  readonly bounds: readonly [number, number];
}

/** Distances from a step's origin, 1 for the last point before it. */
const NEAREST = [1, 2, 3, 4, 5, 6];
const SEASONS_BACK = 2;
const REWEIGHTINGS = 3;
/** A lag needs so many times as many points as it is long. */
const POINTS_PER_LAG = 1.5;

/**
 * A regression for each step ahead, by least absolute deviations: on the newest points, on those around the step one and two seasons before and on the point a
 * season before the newest one, and on the newest part of the last point.
 * Source: direct strategy, Ben Taieb, Bontempi, Atiya & Sorjamaa, Expert Systems with Applications 39 (2012).
 *
 * @param isLog of the logarithms, for values that move in proportion to their size
 */
export function directRegression(isLog: boolean): ShortTermMember<DirectRegressionModel> {
  return {
    fit: (points, { seasonLengths: [seasonLength], steps }) => {
      const scale = measureScale(
        points.map(({ value }) => value),
        isLog,
      );
      const values = Float64Array.from(points, ({ value }) => scaled(scale, value));
      const latest = Float64Array.from(points, (point) => scaled(scale, point.latest));
      const fitted = Array.from({ length: steps }, (_, step) => {
        const lags = lagsOf(step, seasonLength).filter((lag) => lag * POINTS_PER_LAG <= values.length);
        return { lags, coefficients: [...fitStep(values, latest, { step, lags })] };
      });
      const longest = Math.max(1, ...fitted.flatMap(({ lags }) => lags));
      const tail = [...values.subarray(Math.max(0, values.length - longest))];
      // Of the values themselves: half as far again in logarithms is thirty times as much.
      const [low, high] = forecastBounds(Float64Array.from(points, ({ value }) => value));
      const bounds = [scaled(scale, low), scaled(scale, high)] as const;
      return { scale, steps: fitted, tail, latest: latest.at(-1)!, bounds };
    },
    mean: ({ scale, steps, tail, latest, bounds: [low, high] }, count) =>
      steps.slice(0, count).map(({ lags, coefficients }) => {
        let point = coefficients[0]! + coefficients.at(-1)! * latest;
        for (let at = 0; at < lags.length; at++) point += coefficients[at + 1]! * tail[tail.length - lags[at]!]!;
        return unscaled(scale, Math.min(high, Math.max(low, point)));
      }),
    update: (model, { value, latest }: FinePoint) => ({
      ...model,
      tail: [...model.tail.slice(1), scaled(model.scale, value)],
      latest: scaled(model.scale, latest),
    }),
  };
}

/** @param step 0 for the next point */
function lagsOf(step: number, seasonLength: number | undefined): number[] {
  const lags = new Set(NEAREST);
  if (seasonLength !== undefined) {
    const first = Math.ceil((step + 2) / seasonLength);
    for (let back = first; back < first + SEASONS_BACK; back++) {
      const season = back * seasonLength;
      for (const lag of [season - step - 1, season - step, season - step + 1, season + 1]) lags.add(lag);
    }
  }
  return [...lags].filter((lag) => lag > 0).sort((a, b) => a - b);
}

function fitStep(
  values: Float64Array,
  latest: Float64Array,
  { step, lags }: { readonly step: number; readonly lags: readonly number[] },
): Float64Array {
  const from = lags.at(-1) ?? 1;
  const rows = Math.max(0, values.length - step - from);
  const design: DesignMatrix = { columns: lags.length + 2, cells: new Float64Array(rows * (lags.length + 2)) };
  let cell = 0;
  for (let origin = from; origin < from + rows; origin++) {
    design.cells[cell++] = 1;
    for (const lag of lags) design.cells[cell++] = values[origin - lag]!;
    design.cells[cell++] = latest[origin - 1]!;
  }
  return regress(design, values.subarray(Math.min(from + step, values.length)), REWEIGHTINGS);
}
