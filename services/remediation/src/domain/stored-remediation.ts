import type { Remediation } from '@lamplighter/contracts';
import type { Change, Obstacle, RepairTrial } from '@lamplighter/remedies';
import type { RefusedDecision } from './refused-decision.ts';

/** A repair as it is kept: what others see, and what carrying it out takes. */
export interface StoredRemediation {
  readonly remediation: Remediation;
  readonly change: Change;
  readonly trial: RepairTrial;
  /** The function whose minutes say whether it helped; what is changed may be a database behind it. */
  readonly observed: Remediation['resource'];
  readonly permissions: readonly string[];
  /** Absent where nobody reads them. */
  readonly resourceTags?: Readonly<Record<string, string>>;
  /** By a tag; absent where none tells it, and of plans of an earlier version. */
  readonly stage?: string;
  /** Names beside the resource's own, such as an API's, which is not its id. */
  readonly alsoCalled?: readonly string[];
  /** Of its cost a month: what is paid at once, and not again. */
  readonly costOnceUsd?: number;
  readonly isAlwaysAsked: boolean;
  /** Why it cannot be done as things stand: it is planned to be refused with that. */
  readonly obstacle?: Obstacle;
  /** When the advice that it follows was given; of two on a resource the later one holds. Absent where it answers a finding. */
  readonly advisedAt?: number;
  /** Id of the repair that is in force until this one is kept in its place. */
  readonly replaces?: string;
  /** Not for long: taken back after so many minutes. */
  readonly untilMinutes?: number;
  /** The resource as it was before: never overwritten, so that a repeated step cannot take the changed one for the original. */
  readonly snapshot?: Snapshot;
  /** With a snapshot: whether the change may have been begun. Where it was not, there is nothing to undo. */
  readonly isBegun?: boolean;
  /** Of the guardrails when it was planned: they may be unreadable when it is verified. */
  readonly verdictMinutes?: number;
  /** It is undone because nobody called: that it is says nothing of it. */
  readonly isSilent?: true;
  /** The newest decisions that counted for nothing. */
  readonly refusedDecisions?: readonly RefusedDecision[];
  /** While it waits for a person: what lets the execution go on. */
  readonly taskToken?: string;
}

/** What a resource was, as a change that makes it so again; `absent` where there was nothing to go back to. */
export interface Snapshot {
  readonly takenAt: number;
  readonly restore: Change | { readonly kind: 'absent' };
}
