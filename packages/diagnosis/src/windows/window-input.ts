import type { FunctionWindow } from '@lamplighter/contracts';

/** What CloudWatch's metrics tell of a minute beyond what logs tell; absent means not known. */
export interface MetricFigures {
  /** Calls that were refused: they are in no log, and not among the invocations. */
  readonly throttles?: number;
  readonly iteratorAgeMs?: number;
  /** `RecursiveInvocationsDropped`: calls that Lambda stopped after some 16 hops through the same function. */
  readonly recursiveInvocationsDropped?: number;
}

/** Figures of CloudWatch of one minute. They come minutes after the logs, and only grow: of two tellings the greater figure counts. */
export interface MetricMinute extends MetricFigures {
  /** Epoch milliseconds. */
  readonly start: number;
  /** Calls that Lambda began, whether or not a log tells of them: where no log does, the minute is missing and not quiet. */
  readonly invocations?: number;
  /** Most calls at once; logs tell it too, and of both the greater one counts. */
  readonly maxConcurrency?: number;
}

/** Figures of one function and minute: from its logs, and from CloudWatch's metrics where they were asked for. */
export type WindowFigures = FunctionWindow & MetricFigures;

/** A closed minute as it is assessed: figures, or the news that there are none (the source is silent, which is not the same as a quiet function). */
export type AssessedWindow =
  | { readonly revision: number; readonly figures: WindowFigures }
  | { readonly revision: number; readonly missing: { readonly start: number } };
