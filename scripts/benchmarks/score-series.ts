import { defaultDetector } from '../../packages/time-series/src/index.ts';

/** Anomaly scores of the default detector, a point after the other; times in epoch milliseconds. */
export function scoreSeries(times: ArrayLike<number>, values: ArrayLike<number>): Float64Array {
  const scores = new Float64Array(values.length);
  let state = defaultDetector.init();
  for (let index = 0; index < values.length; index += 1) {
    const verdict = defaultDetector.update(state, { timestamp: times[index] ?? 0, value: values[index] ?? null });
    state = verdict.state;
    scores[index] = verdict.score;
  }
  return scores;
}
