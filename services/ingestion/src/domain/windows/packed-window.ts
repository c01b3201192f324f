import { gunzipSync, gzipSync } from 'node:zlib';
import type { FunctionWindow } from '@lamplighter/contracts';

/** A window in few bytes: its JSON, gzipped. */
export const packWindow = (window: FunctionWindow): Uint8Array => gzipSync(JSON.stringify(window));

/** What {@link packWindow} packed. */
export const unpackWindow = (bytes: Uint8Array): FunctionWindow =>
  JSON.parse(gunzipSync(bytes).toString()) as FunctionWindow;
