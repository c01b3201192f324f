/**
 * The mean of the `length` points around each point (one more, its ends weighed half, where the length is even), in O(n).
 * Nearer to an end than half of the length, the nearest whole window stands in.
 */
export function movingMean(values: readonly number[], length: number): number[] {
  const sums = [0];
  for (const value of values) sums.push(sums.at(-1)! + value);
  const window = (from: number): number => (sums[from + length]! - sums[from]!) / length;
  const half = Math.floor(length / 2);
  const last = values.length - length;
  return values.map((_, index) => {
    const from = Math.min(Math.max(index - half, 0), last);
    return length % 2 === 1 || index - half < 0 || index - half + 1 > last
      ? window(from)
      : (window(from) + window(from + 1)) / 2;
  });
}
