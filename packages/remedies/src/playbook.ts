import type { FindingClass } from '@lamplighter/contracts';
import type { Change } from './change.ts';
import type { RemedyContext } from './remedy-context.ts';

/** How much harm a change can do at worst: the guardrails ask a person from a level on. */
export type Risk = 'low' | 'medium' | 'high';

/** What must become better for a repair to be kept; told of any minute with calls, but for what has to be metered. */
export type VerifiedMetric =
  | 'failure-share'
  | 'timeout-share'
  | 'out-of-memory-share'
  | 'cold-start-share'
  /** Of all who came, those who were refused at the door or whose call failed: what a limit does to callers stands in no log. */
  | 'unserved-share'
  /** How far the reader of a stream is behind; metered as well. */
  | 'iterator-age-ms'
  /** Of calls: the middle or the tail, whichever rose more. */
  | 'duration'
  /** Nothing to measure: it is kept when it was applied. */
  | 'none';

/** What some findings are told by; not every minute tells it. */
export type ToldMetric =
  /** Most memory that a call used, as a share of what is configured. */
  | 'memory-use'
  /** Environments at once, as a share of those that are reserved. */
  | 'concurrency-use'
  /** Probability that a call takes longer than its timeout. */
  | 'timeout-risk'
  /** Attempts that Lambda refused for want of concurrency. */
  | 'throttled-share';

/** Why a fix that would help cannot be made as things stand, and what would let it. */
export interface Obstacle {
  readonly reason: string;
  readonly lift: string;
}

/** What a playbook would do about a finding. */
export interface Proposal {
  readonly change: Change;
  /** One line: what is done, from what to what. */
  readonly title: string;
  /** Why, with the figures. */
  readonly reason: string;
  /** More (or, negative, less) than doing nothing, USD an hour. */
  readonly costPerHourUsd: number;
  /** Beside that, to be paid once. */
  readonly costOnceUsd?: number;
  readonly undo: string;
  /** The same fix for the owner's serverless.yml. */
  readonly patch?: string;
  /** IAM actions that this change takes beside those of its playbook. */
  readonly permissions?: readonly string[];
  /** It is told, and refused. */
  readonly obstacle?: Obstacle;
  /** Not for long: taken back after so many minutes, whatever it did. */
  readonly untilMinutes?: number;
}

/** A repair that can be proposed, checked, carried out, verified and undone. */
export interface Playbook {
  readonly name: string;
  readonly answers: readonly FindingClass[];
  readonly risk: Risk;
  /** IAM actions that carrying out and undoing it takes, on the resource of the change alone. */
  readonly permissions: readonly string[];
  readonly verifies: VerifiedMetric;
  /** By class of the finding, where it was told by another figure: what did not happen yet cannot become rarer. Where that figure is not known of before the repair, `verifies` holds. */
  readonly verifiesFor?: Partial<Readonly<Record<FindingClass, ToldMetric>>>;
  /** Two people have to say yes. */
  readonly needsTwo?: true;
  /** For what a finding leaves behind: proposed once it is resolved, and only then. */
  readonly afterwards?: true;
  /** Never without a person, whatever the mode. */
  readonly alwaysAsks?: true;
  /** Undefined where it does not fit, would change nothing, or lacks what it has to know. */
  readonly propose: (context: RemedyContext) => Proposal | undefined;
}
