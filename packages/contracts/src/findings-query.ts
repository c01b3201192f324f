import * as z from 'zod';
import { Finding } from './finding.ts';
import { FunctionChange } from './function-change.ts';

/** What the analysis service answers: request and answer shapes of its function `lamplighter-analysis-<stage>-query-findings`. */
export const FindingsQuery = z.discriminatedUnion('kind', [
  /** Findings that are open, newest first; of more than a thousand the worst. */
  z.object({ kind: z.literal('open') }),
  /** All findings and insights, newest first, by the time they opened. */
  z.object({
    kind: z.literal('recent'),
    limit: z.number().int().min(1).max(200).optional(),
    cursor: z.string().optional(),
  }),
  /** Findings of the functions of a name, newest first; of an account and a region where these are told. */
  z.object({
    kind: z.literal('by-function'),
    functionName: z.string().min(1),
    accountId: z.string().optional(),
    region: z.string().optional(),
    limit: z.number().int().min(1).max(200).optional(),
  }),
  z.object({ kind: z.literal('by-id'), findingId: z.string().min(1).max(500) }),
  /** What was changed at the functions of a name in a time; of an account and a region where these are told. */
  z.object({
    kind: z.literal('changes'),
    functionName: z.string().min(1).max(500),
    accountId: z.string().optional(),
    region: z.string().optional(),
    /** Epoch milliseconds, both included. */
    since: z.number().nonnegative(),
    until: z.number().nonnegative(),
  }),
]);
export type FindingsQuery = z.infer<typeof FindingsQuery>;

/** What the analysis service answers to a `FindingsQuery`. `cursor` fetches the next page; absent on the last one. */
export const FindingsAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('findings'), findings: z.array(Finding), cursor: z.string().optional() }),
  z.object({ kind: z.literal('finding'), finding: Finding }),
  z.object({ kind: z.literal('not-found') }),
  /** Oldest first; of very many the oldest and the newest, and none between them. */
  z.object({ kind: z.literal('changes'), changes: z.array(FunctionChange) }),
  z.object({ kind: z.literal('invalid-query'), reason: z.string() }),
]);
export type FindingsAnswer = z.infer<typeof FindingsAnswer>;
