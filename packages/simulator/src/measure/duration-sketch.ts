import { gzipSync } from 'node:zlib';
import { DDSketch } from '@datadog/sketches-js';

/** As in the windows that ingestion makes, so that both merge. */
const RELATIVE_ACCURACY = 0.01;
const GAMMA = (1 + RELATIVE_ACCURACY) / (1 - RELATIVE_ACCURACY);
const LOG_GAMMA = Math.log(GAMMA);
/** Bins of the sketch that are kept, of durations from 0.02 ms to 900 s: index of the first, and how many. */
const FIRST_BIN = -200;
const BINS = 920;

/** Counts of durations in the sketch's own bins, so filling a sketch from them adds no error. */
export type DurationCounts = Float64Array;

export const noDurations = (): DurationCounts => new Float64Array(BINS);

/** Counts durations that are alike, in ms. */
export function countDurations(counts: DurationCounts, durationMs: number, count: number): void {
  const bin = Math.ceil(Math.log(durationMs) / LOG_GAMMA) - FIRST_BIN;
  counts[bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin]! += count;
}

/** The counts of all together. */
export const mergedDurations = (all: readonly DurationCounts[]): DurationCounts =>
  noDurations().map((_, bin) => all.reduce((sum, counts) => sum + counts[bin]!, 0));

/** The DDSketch of a window: base64 of its gzipped protobuf. */
export function sketchOf(counts: DurationCounts): string {
  const sketch = new DDSketch({ relativeAccuracy: RELATIVE_ACCURACY });
  for (let bin = 0; bin < BINS; bin++) {
    const count = counts[bin]!;
    if (count > 0) sketch.accept((2 * GAMMA ** (bin + FIRST_BIN)) / (1 + GAMMA), count);
  }
  return gzipSync(sketch.toProto()).toString('base64');
}
