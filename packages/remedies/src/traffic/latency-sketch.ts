import { gunzipSync } from 'node:zlib';
import { DDSketch } from '@datadog/sketches-js';

/** The sketches of several windows as one: DDSketches merge without further error. */
export function mergedSketch(sketches: readonly string[]): DDSketch | undefined {
  const read = sketches
    .filter((text) => text !== '')
    .map((text) => DDSketch.fromProto(gunzipSync(Buffer.from(text, 'base64'))));
  const [first, ...rest] = read;
  for (const sketch of rest) first?.merge(sketch);
  return first;
}

/** Milliseconds; 0 of nothing. */
export const quantileOf = (sketch: DDSketch | undefined, quantile: number): number =>
  sketch === undefined || sketch.count === 0 ? 0 : Math.max(0, sketch.getValueAtQuantile(quantile));
