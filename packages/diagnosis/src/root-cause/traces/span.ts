/** One piece of work of a trace, as OpenTelemetry and X-Ray have it. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  /** Absent: the root. */
  readonly parentId?: string;
  readonly service: string;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly isError: boolean;
}

/**
 * Why a span was not used as it came: `cycle`: it is its own ancestor, or below one; `from-the-future`: it starts after the observation;
 * `bad-time`: start or duration is not a number, or negative; `duplicate`: a span of the same id came before it.
 * `missing-parent` is used all the same, as a root: its parent may be late.
 */
export type SpanRejection = 'cycle' | 'from-the-future' | 'bad-time' | 'duplicate' | 'missing-parent';

/** A span that was left out of its trace, and why. */
export interface RejectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly reason: SpanRejection;
}

/** A span with what it called. */
export interface LinkedSpan {
  readonly span: Span;
  readonly children: readonly Span[];
}

/** The usable spans of one trace. */
export interface LinkedTrace {
  readonly traceId: string;
  /** Of its earliest span. */
  readonly startMs: number;
  /** Of its longest root. */
  readonly durationMs: number;
  readonly spans: readonly LinkedSpan[];
}

export interface LinkedTraces {
  /** By their starts. */
  readonly traces: readonly LinkedTrace[];
  readonly rejected: readonly RejectedSpan[];
}
