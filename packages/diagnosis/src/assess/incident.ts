import type { Evidence, Finding, FindingClass, RankedCause, Severity } from '@lamplighter/contracts';

/** What was last said of an incident. It changes only when something material did. */
export interface Telling {
  readonly severity: Severity;
  readonly magnitude: number;
  /** Share of the calls that were hit at least, where the rule tells it. */
  readonly reach?: number;
  readonly confidence: number;
  readonly title: string;
  readonly explanation: string;
  readonly evidence: readonly Evidence[];
  readonly causes: readonly RankedCause[];
  readonly lookAt: Finding['lookAt'];
  /** The newest bad minute when it was told. */
  readonly toldAt: number;
}

/** One incident of a class, from its first bad minute to its end. Times are epoch milliseconds. */
export interface Incident {
  readonly class: FindingClass;
  readonly openedAt: number;
  /** The onset by which it was told first, where late figures have shown another one since. */
  readonly toldAs?: number;
  /** The newest minute that showed it, or a part of it. */
  readonly lastBadAt: number;
  /** The newest minute that showed the class itself; absent in states from before it was known. */
  readonly shownAt?: number;
  readonly firstQuietAt?: number;
  readonly resolvedAt?: number;
  /** Minutes without a call that ended it, where nothing has shown that all is well again. */
  readonly silentMinutes?: number;
  /** Calls that were seen since the last bad minute. */
  readonly quietCalls: number;
  readonly groupKey: string;
  readonly cause?: string;
  readonly told: Telling;
  /** How often it was told anew. */
  readonly retold: number;
  /** All that showed it so far ended well for Lambda. */
  readonly isDealtWith?: true;
  /** Classes that are part of this one, with what they saw. */
  readonly joined: Readonly<Record<string, Evidence>>;
  /** The class that this one turned out to be a part of. */
  readonly joinedInto?: FindingClass;
  /** Sum of the revisions of the windows that the function had before this incident could be known: the zero of its revisions. */
  readonly revisionBase: number;
}

/** A class that shows itself, but not for long enough yet. */
export interface Suspicion {
  readonly class: FindingClass;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly minutes: number;
  /** Minutes that have to show it, where its last signal said so. */
  readonly opensAfter?: 1 | 2 | 4;
}
