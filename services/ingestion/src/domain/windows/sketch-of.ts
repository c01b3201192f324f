import { gzipSync } from 'node:zlib';
import { DDSketch } from '@datadog/sketches-js';

/** Relative error of a quantile read from the sketch (DDSketch, Masson et al., VLDB 2019). */
const RELATIVE_ACCURACY = 0.01;

/** Values as a mergeable sketch: base64 of its gzipped protobuf. */
export function sketchOf(values: readonly number[]): string {
  const sketch = new DDSketch({ relativeAccuracy: RELATIVE_ACCURACY });
  for (const value of values) sketch.accept(value);
  return gzipSync(sketch.toProto()).toString('base64');
}
