/** By what a resource is watched. */
export type WatchKind =
  | 'subscription'
  | 'account-policy'
  | 'alarm'
  | 'dead-letter'
  | 'access-log'
  | 'execution-log'
  | 'tracing'
  | 'event-rule'
  | 'consumers'
  | 'callers';

/** One thing that watches: what it is, and the resource of the template that does it, where there is one. */
export interface Watch {
  readonly kind: WatchKind;
  /** Logical ids: the alarm, the filter, the queue, or the functions through which it is seen. */
  readonly through: readonly string[];
}

/** One question that a resource raises, such as "would anybody see its failures?". */
export interface Aspect {
  /** A word for the question: `failures`, `lost-events`, `backlog`. */
  readonly aspect: string;
  readonly watchedBy: readonly Watch[];
  /** What goes unseen as long as nothing watches. */
  readonly why: string;
  /** How the owner mends it, in the words of serverless.yml. */
  readonly mend: string;
}

/** One question that a resource raises, what answers it, and whether the owner wants it unanswered. */
export interface AssessedAspect extends Aspect {
  /** Why the owner wants it unwatched. */
  readonly exemptReason?: string;
}

/** `watched`: every question is answered; `exempt`: what is not answered the owner wants so; `unwatched`: the rest. */
export type CoverageStatus = 'watched' | 'unwatched' | 'exempt';

/** One resource of the stack, with the questions that its type raises. */
export interface ResourceCoverage {
  readonly logicalId: string;
  readonly type: string;
  /** The AWS service in a person's words: `Lambda`, `SQS`. */
  readonly service: string;
  readonly status: CoverageStatus;
  readonly aspects: readonly AssessedAspect[];
}

/** An owner's word that something need not be watched. */
export interface Exemption {
  /** Logical id; `*` stands for any characters. */
  readonly resource: string;
  /** One question alone; all of the resource's where absent. */
  readonly aspect?: string;
  readonly reason: string;
}

/** Coverage of one stack. */
export interface CoverageReport {
  /**
   * 0 to 100, cut off behind one digit: 100 means all. Exempt resources count neither way; nothing to watch is 100, and 0 where all that
   * there may be to watch is not assessed, such as what lies in nested stacks.
   */
  readonly coveragePct: number;
  readonly watched: number;
  readonly unwatched: number;
  readonly exempt: number;
  readonly resources: readonly ResourceCoverage[];
  /** Resources of types that coverage knows nothing about: neither watched nor counted. */
  readonly notAssessed: readonly { readonly type: string; readonly logicalIds: readonly string[] }[];
  /** Exemptions that no unwatched resource needs. */
  readonly idleExemptions: readonly Exemption[];
}
