import * as z from 'zod';

const pct = z.number().min(0).max(100);
/** Functions that a fault hits, by their short names; all where none is named. */
const functions = z.array(z.string().min(1)).min(1).optional();

/**
 * Faults to inject, as the parameter holds them. All are off unless named; the same seed and requests meet the same faults.
 * The README says what an operator should see of each.
 */
export const faultsSchema = z.strictObject({
  seed: z.number().int().default(1),
  errorRate: z.strictObject({ pct, functions }).optional(),
  memoryLeak: z.strictObject({ mbPerInvocation: z.number().positive().max(512), functions }).optional(),
  timeoutCreep: z.strictObject({ msPerInvocation: z.number().positive().max(60_000), functions }).optional(),
  coldStarts: z.strictObject({ initMs: z.number().positive().max(60_000), functions }).optional(),
  throttle: z
    .strictObject({ dependency: z.enum(['dynamodb', 'aurora', 'kms', 's3', 'payment']), pct, functions })
    .optional(),
  connectionPool: z.strictObject({ holdMs: z.number().positive().max(60_000), pct, functions }).optional(),
  poisonMessages: z.strictObject({ pct, functions }).optional(),
  badRelease: z.strictObject({ release: z.string().min(1), pct, functions }).optional(),
});

export type Faults = z.infer<typeof faultsSchema>;
export const NO_FAULTS: Faults = { seed: 1 };

/** The stage in which no fault is ever injected. */
export const PROTECTED_STAGE = 'prod';
