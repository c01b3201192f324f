import * as z from 'zod';
import { DurationText, Percent, ResourceName } from './quantities.ts';

const Span = { target: ResourceName, at: DurationText, until: DurationText.optional() };
const factor = z.number().positive().max(1_000);

/** Something that goes wrong in the twin between `at` and `until` (or the end). It changes what the twin does; the report keeps it as the truth. */
export const Fault = z.discriminatedUnion('kind', [
  /** Statements of a database take `factor` times their CPU, until an index is created. */
  z.strictObject({ kind: z.literal('slow-query'), ...Span, factor: factor.default(8) }),
  /** Connections of a database that somebody holds and does not give back, more every minute. */
  z.strictObject({ kind: z.literal('connection-pressure'), ...Span, perMinute: z.number().positive().default(50) }),
  /** Invocations of a function that fail, on every version. */
  z.strictObject({ kind: z.literal('error-rate'), ...Span, pct: Percent.default(20) }),
  /** Memory that every environment of a function loses each minute. */
  z.strictObject({ kind: z.literal('memory-leak'), ...Span, mbPerMinute: z.number().positive().default(20) }),
  /** Durations of a function grow by this share of their beginning every minute. */
  z.strictObject({ kind: z.literal('timeout-creep'), ...Span, pctPerMinute: z.number().positive().default(10) }),
  /** That share of a function's invocations meets a new environment. */
  z.strictObject({ kind: z.literal('cold-start-storm'), ...Span, pct: Percent.default(30) }),
  /** That share of the calls to a table or stream is throttled. */
  z.strictObject({ kind: z.literal('throttled-dependency'), ...Span, pct: Percent.default(50) }),
  /** One message that no attempt can process arrives at a stream or queue. */
  z.strictObject({ kind: z.literal('poison-message'), ...Span }),
  /** A new version of a function takes that share of its traffic and fails or is slow; an alias weight takes it back. */
  z.strictObject({
    kind: z.literal('bad-deploy'),
    ...Span,
    weightPct: Percent.default(100),
    errorPct: Percent.default(25),
    durationFactor: factor.default(1),
  }),
]);
export type Fault = z.infer<typeof Fault>;
export type FaultKind = Fault['kind'];
