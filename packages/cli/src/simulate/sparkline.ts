const BARS = '▁▂▃▄▅▆▇█';

/** A series as a line of `width` bars, each as high as the largest value of its part; nothing is a blank. */
export function sparkline(values: readonly number[], width: number): string {
  const columns = Math.min(width, values.length);
  const peaks = Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * values.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * values.length) / columns));
    return values.slice(from, to).reduce((most, value) => Math.max(most, value), 0);
  });
  const most = peaks.reduce((largest, value) => Math.max(largest, value), 0);
  return peaks
    .map((value) => (value <= 0 ? ' ' : BARS[Math.min(BARS.length - 1, Math.floor((value / most) * BARS.length))]))
    .join('');
}
