import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { FunctionWindow } from '@lamplighter/contracts';
import type { Twin } from '../twin/twin.ts';

/** Prices change, and with them nothing that the twin does. */
const PRICED = ['costUsd', 'computeUsd'];

/** A digest of what a twin did from its beginning to its end: arrivals, outcomes, durations, environments, what it called; nothing of its prices, and nothing of versions. */
export function digestOf(twin: Twin, windows: readonly FunctionWindow[]): string {
  const digest = createHash('sha256');
  for (const { byVersion, costUsd, durationSketch, ...figures } of windows)
    digest.update(JSON.stringify(figures)).update(gunzipSync(Buffer.from(durationSketch, 'base64')));
  for (const name of twin.series.names().filter((each) => !PRICED.includes(each)))
    digest.update(`${name} ${twin.series.get(name).join()}`);
  return digest.digest('hex').slice(0, 16);
}
