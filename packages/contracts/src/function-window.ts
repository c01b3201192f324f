import * as z from 'zod';

const sumAndMax = z.object({ sum: z.number(), max: z.number() });

/** Figures of the attempts of one version that began in a minute. */
export const VersionFigures = z.object({
  /** A number, or `$LATEST`. Attempts whose version is not known are in no breakdown. */
  version: z.string(),
  invocations: z.number().int(),
  /** Attempts that ended in an error, a timeout, without memory or in a failed initialisation. */
  failures: z.number().int(),
  coldStarts: z.number().int(),
  durationMs: sumAndMax,
  /** As {@link FunctionWindow}'s, of this version alone. */
  durationSketch: z.string(),
});
export type VersionFigures = z.infer<typeof VersionFigures>;

/** How often errors of one kind ended an attempt. */
export const ErrorTypeCount = z.object({
  /** The type as the runtime or the platform names it; absent where nothing named one. */
  errorType: z.string().optional(),
  /** Equal for errors that differ only in numbers, ids and quoted text: `fingerprintOf` of packages/lambda-logs. */
  fingerprint: z.string(),
  /** The message with its varying parts masked, shortened. */
  template: z.string(),
  count: z.number().int(),
  exampleRequestId: z.string(),
});
export type ErrorTypeCount = z.infer<typeof ErrorTypeCount>;

/** Figures of one function in one minute. Every attempt counts in the minute it began. */
export const FunctionWindow = z.object({
  functionName: z.string(),
  /** Start of the minute, epoch milliseconds. */
  start: z.number(),
  invocations: z.number().int(),
  errors: z.number().int(),
  timeouts: z.number().int(),
  outOfMemory: z.number().int(),
  initErrors: z.number().int(),
  unknown: z.number().int(),
  coldStarts: z.number().int(),
  durationMs: sumAndMax,
  initDurationMs: sumAndMax,
  billedDurationMs: z.number(),
  maxMemoryUsedMb: z.number(),
  memorySizeMb: z.number(),
  /** List price as of x86_64, whatever the function runs on, which logs do not tell; `costAsRun` of packages/pricing gives what it costs there. */
  costUsd: z.number(),
  /** DDSketch of the durations (relative error 1 %), base64 of its gzipped protobuf; merges with any other window's. */
  durationSketch: z.string(),
  /** As `durationSketch`, of initialisations in milliseconds; absent where there was none. */
  initDurationSketch: z.string().optional(),
  /** In order of version; absent where no attempt names its version. Logs do not tell an alias. */
  byVersion: z.array(VersionFigures).optional(),
  /** The ten most frequent, most frequent first; absent where nothing failed. */
  errorTypes: z.array(ErrorTypeCount).max(10).optional(),
  /** Errors that were logged by attempts which ended well, as `errorTypes`: a batch that fails in part, an API that answers 5xx by itself. */
  handledErrors: z.array(ErrorTypeCount).max(10).optional(),
  /** At most three requests each to look at: the slowest first, then those that ran out of time or of memory. */
  exampleRequestIds: z
    .object({
      slowest: z.array(z.string()).max(3),
      timeouts: z.array(z.string()).max(3),
      outOfMemory: z.array(z.string()).max(3),
    })
    .optional(),
  /**
   * Most attempts that ran at one instant of the minute, of those that began in it or in the minute before. Attempts that run on for more
   * than a minute are therefore counted in their first two minutes only.
   */
  maxConcurrency: z.number().int().optional(),
  /** The function's timeout, where an attempt of this minute said `Task timed out after N seconds`. */
  timeoutMs: z.number().optional(),
});
export type FunctionWindow = z.infer<typeof FunctionWindow>;
