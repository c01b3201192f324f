/** Powers of ten that are exact as numbers. */
const POWERS = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/** A figure of kept state with so many significant digits: what is behind them is noise, and would be stored. As `toPrecision`, but ties, without a text on the way: minutes are judged by the million. */
export function significant(value: number, digits: number): number {
  const power = digits - 1 - Math.floor(Math.log10(Math.abs(value)));
  const scale = POWERS[power];
  return scale === undefined ? Number(value.toPrecision(digits)) : Math.round(value * scale) / scale;
}
