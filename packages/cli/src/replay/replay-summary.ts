/** What `replay --json` prints: version 1 of the shape, to which keys may only be added. */
export interface ReplaySummary {
  /** Log events that were replayed; each is a platform record or an application line. */
  readonly events: number;
  /** Requests in the audit. */
  readonly invocations: number;
  /** Invocations of which every part is there. */
  readonly complete: number;
  readonly incomplete: number;
  readonly applicationLines: number;
  readonly platformRecords: number;
  /** Input that is in no event, by reason. */
  readonly rejected: readonly { readonly reason: string; readonly count: number }[];
  /** Share of the invocations that are complete, in percent; 100 where there are none. */
  readonly completenessPct: number;
  readonly door: 'direct' | 'stream';
  /** From the first file to the last answer, without packaging. */
  readonly seconds: number;
  /** Attempts that the input shows and the audit does not: 0 unless the pipeline lost something. */
  readonly lost: number;
  /** Events that several inputs held and that were replayed once. */
  readonly repeated: number;
}
