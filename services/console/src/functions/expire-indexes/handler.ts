import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { aossFromEnv } from '../../adapters/aoss-from-env.ts';
import { expireIndexes } from './expire-indexes.ts';

/** Long enough for a collection that slept. */
const TIMEOUT_MS = 60_000;

/** Once a day: indexes that are older than `searchDays` go. */
export const handler = defineHandler({
  name: 'console/expire-indexes',
  compose: () => {
    const { SEARCH_DAYS: days } = readEnv({ SEARCH_DAYS: z.coerce.number().int().min(1) });
    return { index: aossFromEnv(TIMEOUT_MS), days, now: systemClock };
  },
  handle: (_event: unknown, deps) => expireIndexes(deps),
});
