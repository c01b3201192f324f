import { gunzipSync } from 'node:zlib';
import { DDSketch } from '@datadog/sketches-js';
import { type Bucket, fitTail, type TailFit } from '@lamplighter/time-series';

/** A window's sketch; undefined where it has none. */
export const readSketch = (text: string): DDSketch | undefined =>
  text === '' ? undefined : DDSketch.fromProto(gunzipSync(Buffer.from(text, 'base64')));

/** The sketches of several windows as one: DDSketches merge without further error. */
export function mergedSketch(sketches: readonly string[]): DDSketch | undefined {
  const [first, ...rest] = sketches.flatMap((text) => readSketch(text) ?? []);
  for (const sketch of rest) first?.merge(sketch);
  return first;
}

/** Milliseconds, of all calls but so many of the slowest; 0 of nothing. Where none are left, of all of them. */
export function quantileOf(sketch: DDSketch | undefined, quantile: number, leftOut = 0): number {
  if (sketch === undefined || sketch.count === 0) return 0;
  const counted = sketch.count > leftOut ? sketch.count - leftOut : sketch.count;
  // The sketch takes the call at this share of all calls but one.
  const share = sketch.count > 1 ? (quantile * (counted - 1)) / (sketch.count - 1) : quantile;
  return Math.max(0, sketch.getValueAtQuantile(share));
}

/** The slowest tenth; undefined of too few calls. */
export const tailOf = (sketch: DDSketch | undefined): TailFit | undefined =>
  sketch === undefined ? undefined : fitTail(bucketsOf(sketch));

/** A bucket's value is (2 / (1 + gamma)) of its upper edge, and the lower one is gamma below that (Masson et al., VLDB 2019). */
function bucketsOf({ store, mapping, zeroCount }: DDSketch): Bucket[] {
  const { gamma } = mapping;
  const counted = store.bins.map((count, at): Bucket => {
    const to = (mapping.value(at + store.offset) * (1 + gamma)) / 2;
    return { from: to / gamma, to, count };
  });
  return [{ from: 0, to: 0, count: zeroCount }, ...counted].filter(({ count }) => count > 0);
}
