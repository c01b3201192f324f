/** `slower`, `failing`: time or errors of its own; `silent`: it had data and has none; `new-call`: it calls what it never called; `unusual`: another metric. */
export type EvidenceKind = 'slower' | 'failing' | 'silent' | 'new-call' | 'unusual';

/** A metric that moved. */
export interface Evidence {
  readonly kind: EvidenceKind;
  readonly metric: string;
  /** In the metric's unit: milliseconds, errors per request (0 to 1); of `new-call` and `silent`, requests a period. */
  readonly normal: number;
  readonly observed: number;
  /** How far it moved, in its usual deviations; 0 where that has no meaning (`new-call`, `silent`). */
  readonly deviations: number;
  /** Start of the first period in which it moved, epoch milliseconds. */
  readonly since: number;
  /** The other end of a `new-call`. */
  readonly callee?: string;
}

/** A candidate for the cause, with what speaks for it. */
export interface RankedCause {
  readonly node: string;
  /** 0 to 1; those of all causes sum to 1. */
  readonly score: number;
  /** Share of the target's additional time, or errors, that this node itself brought in: 0 to 1. */
  readonly explainedShare: number;
  readonly evidence: readonly Evidence[];
  /** From the target to this node along the calls, by the nodes that moved where there is a choice; the node alone where no calls lead to it. */
  readonly path: readonly string[];
  /** Of its earliest evidence, epoch milliseconds. */
  readonly since: number;
  /** For a person: what moved, by how much, since when, and how it reaches the target. */
  readonly sentence: string;
}

/** Causes in order of their likelihood, or why none can be told. */
export type RootCauseAnswer =
  | {
      readonly kind: 'ranked';
      /** The likeliest first. */
      readonly causes: readonly RankedCause[];
      /** Some evidence of the first is beyond three usual deviations, or no matter of degree; else it is a guess. */
      readonly isClear: boolean;
    }
  | { readonly kind: 'nothing-moved' }
  | {
      readonly kind: 'unanswerable';
      readonly reason: 'target-not-in-graph' | 'onset-not-a-time' | 'no-points-since-onset';
    };
