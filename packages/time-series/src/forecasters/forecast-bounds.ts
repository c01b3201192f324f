/** How far beyond the range of the series a forecast may go, in ranges. */
const BEYOND = 0.5;

/** Lowest and highest point that a forecast may reach: a recursion does not run away, nor a regression beyond what it saw. */
export function forecastBounds(points: Float64Array): [number, number] {
  let low = points[0]!;
  let high = low;
  for (const point of points) {
    if (point < low) low = point;
    if (point > high) high = point;
  }
  const beyond = BEYOND * (high - low);
  return [low - beyond, high + beyond];
}
