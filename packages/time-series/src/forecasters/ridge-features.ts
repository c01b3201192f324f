/** What the next point is explained by, besides a constant. */
export interface RidgeFeatures {
  /** Distances to earlier points, ascending. */
  readonly lags: readonly number[];
  /** Periods, in points, of a sine and a cosine each. */
  readonly periods: readonly number[];
}

const NEAREST = 6;
const SEASONS_BACK = [1, 2, 7];
const AROUND = 2;
const HARMONICS = 3;

/**
 * The nearest points, those around the same phase of one, two and seven seasons before (a week where the season is a day), the same phase of
 * the longer seasons, and three harmonics of the shortest season. A lag needs three times as many points as it is long.
 */
export function ridgeFeatures(count: number, seasonLengths: readonly number[]): RidgeFeatures {
  const [shortest, ...longer] = seasonLengths;
  const lags = new Set<number>();
  for (let lag = 1; lag <= NEAREST; lag++) lags.add(lag);
  const seasons = shortest === undefined ? [] : [...SEASONS_BACK.map((times) => times * shortest), ...longer];
  for (const season of seasons) for (let off = -AROUND; off <= AROUND; off++) lags.add(season + off);
  const usable = [...lags].filter((lag) => lag > 0 && lag * 3 <= count).sort((a, b) => a - b);
  return { lags: usable, periods: shortest === undefined || count < 3 * shortest ? [] : harmonics(shortest) };
}

/** Without the period of two points, whose sine is 0 everywhere. */
function harmonics(seasonLength: number): number[] {
  const periods = Array.from({ length: HARMONICS }, (_, index) => seasonLength / (index + 1));
  return periods.filter((period) => period > 2);
}

/** The features' values for the point at `end`, into the cells from `at`; `time` counts points from where the harmonics begin. */
export function fillRow(
  cells: Float64Array,
  { lags, periods }: RidgeFeatures,
  points: Float64Array,
  { at, end, time }: { readonly at: number; readonly end: number; readonly time: number },
): void {
  let cell = at;
  cells[cell++] = 1;
  for (const lag of lags) cells[cell++] = points[end - lag]!;
  for (const period of periods) {
    const angle = (2 * Math.PI * (time % period)) / period;
    cells[cell++] = Math.sin(angle);
    cells[cell++] = Math.cos(angle);
  }
}
