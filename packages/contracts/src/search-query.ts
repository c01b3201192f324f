import * as z from 'zod';

/** What the console's search answers: request and answer shapes of its function `lamplighter-console-<stage>-query-search`. */
export const SearchQuery = z.discriminatedUnion('kind', [
  /** Whatever a text may mean: a request or a message by its id, a function by its name; errors, findings and log lines by a part of their text. */
  z.object({
    kind: z.literal('text'),
    text: z.string().trim().min(1).max(300),
    /** What one function wrote alone. */
    functionName: z.string().min(1).max(300).optional(),
    /** Epoch milliseconds; where it is absent, as far back as is quick: an hour before `until` in log groups, all that an index keeps. */
    since: z.number().int().nonnegative().optional(),
    /** Not included; now where it is absent. */
    until: z.number().int().nonnegative().optional(),
    /** Most hits; fifty where it is absent. */
    limit: z.number().int().min(1).max(200).optional(),
  }),
]);
export type SearchQuery = z.infer<typeof SearchQuery>;

/** One thing that a search found: enough to show a line and to go on from there. */
export const SearchHit = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('request'),
    requestId: z.string(),
    functionName: z.string().optional(),
    detail: z.string(),
  }),
  z.object({
    kind: z.literal('message'),
    requestId: z.string(),
    stream: z.string(),
    sequenceNumber: z.string(),
    detail: z.string(),
  }),
  z.object({
    kind: z.literal('function'),
    functionName: z.string(),
    accountId: z.string(),
    region: z.string(),
    detail: z.string(),
  }),
  z.object({
    kind: z.literal('error'),
    functionName: z.string(),
    requestId: z.string(),
    count: z.number(),
    detail: z.string(),
  }),
  z.object({
    kind: z.literal('line'),
    /** Absent where the line does not say it. */
    requestId: z.string().optional(),
    functionName: z.string(),
    /** Epoch milliseconds. */
    at: z.number(),
    /** As it was written, around what was found in it: of a longer line a part. */
    detail: z.string(),
  }),
  z.object({ kind: z.literal('finding'), findingId: z.string(), detail: z.string() }),
]);
export type SearchHit = z.infer<typeof SearchHit>;

/** What the console's search answers to a `SearchQuery`. */
export const SearchAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('found'),
    /** The likeliest first. */
    hits: z.array(SearchHit),
    /** What could not be looked through, and what to do. */
    note: z.string().optional(),
    /** Services that did not answer: what they know was not looked through. Absent where all did. */
    unanswered: z.array(z.string()).optional(),
  }),
  z.object({ kind: z.literal('invalid-query'), reason: z.string() }),
]);
export type SearchAnswer = z.infer<typeof SearchAnswer>;
