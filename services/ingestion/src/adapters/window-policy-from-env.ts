import { readEnv } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import type { ClosingPolicy } from '../domain/windows/closing.ts';

const HOUR_MS = 3_600_000;

/** When windows are closed, from the stack's parameters. */
export function windowPolicyFromEnv(): ClosingPolicy {
  const env = readEnv({
    WINDOW_GRACE_SECONDS: z.coerce.number().int().min(1).max(600),
    WINDOW_MAX_AGE_HOURS: z.coerce.number().int().min(1).max(720),
    SILENCE_MINUTES: z.coerce.number().int().min(0).max(1440),
  });
  return {
    graceMs: env.WINDOW_GRACE_SECONDS * 1000,
    maxAgeMs: env.WINDOW_MAX_AGE_HOURS * HOUR_MS,
    silenceMs: env.SILENCE_MINUTES * 60_000,
  };
}

/** How long the records of windows are kept behind their minute: while a correction may come, and a day. */
export function windowRecordsKeptMs({ maxAgeMs }: ClosingPolicy): number {
  return maxAgeMs + 24 * HOUR_MS;
}
