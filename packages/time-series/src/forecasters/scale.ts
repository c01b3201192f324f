/** How values are brought to a mean of 0 and a variance of 1, of their logarithms where `logOffset` is given. */
export interface Scale {
  readonly centre: number;
  readonly spread: number;
  /** Added before the logarithm is taken, so that 0 has one; `null` for no logarithm. */
  readonly logOffset: number | null;
}

/** Share of the mean size that is added before the logarithm: forecasts stay in proportion when the unit changes. */
const OFFSET_SHARE = 0.01;

/** The scale of values; with a spread of 1 where they do not differ. */
export function measureScale(values: readonly number[], isLog: boolean): Scale {
  const size = values.reduce((sum, value) => sum + Math.abs(value) / values.length, 0);
  const logOffset = isLog ? (size === 0 ? 1 : OFFSET_SHARE * size) : null;
  const points = values.map((value) => transformed(value, logOffset));
  const centre = points.reduce((sum, point) => sum + point / points.length, 0);
  const variance = points.reduce((sum, point) => sum + (point - centre) ** 2 / points.length, 0);
  const spread = Math.sqrt(variance);
  return { centre, spread: spread > 1e-12 * Math.abs(centre) ? spread : 1, logOffset };
}

export const scaled = ({ centre, spread, logOffset }: Scale, value: number): number =>
  (transformed(value, logOffset) - centre) / spread;

export function unscaled({ centre, spread, logOffset }: Scale, point: number): number {
  const value = point * spread + centre;
  return logOffset === null ? value : Math.exp(value) - logOffset;
}

const transformed = (value: number, logOffset: number | null): number =>
  logOffset === null ? value : Math.log(Math.max(value, 0) + logOffset);
