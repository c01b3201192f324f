import type { Change } from '../change.ts';
import type { Obstacle, Risk } from '../playbook.ts';
import type { ChangeCost } from './cost-in-a-month.ts';
import type { GuardrailConfig } from './guardrail-config.ts';

/** A repair that asks to be let through. */
export interface GuardRequest {
  readonly remediationId: string;
  readonly playbook: string;
  readonly risk: Risk;
  readonly change: Change;
  readonly resourceName: string;
  /** What else it is known by, and the function that the finding is about: none of them may be one that is never touched. */
  readonly otherNames?: readonly string[];
  /** The account and region of what is changed, where they are not those that the rails are kept in. */
  readonly elsewhere?: string;
  /** Of the very thing that is changed; absent where they are not known. */
  readonly resourceTags?: Readonly<Record<string, string>>;
  /** Of what is changed, by its tags; absent where they tell none. */
  readonly stage?: string;
  readonly costPerHourUsd: number;
  readonly costPerMonthUsd: number;
  /** Of that, what is paid once. */
  readonly costOnceUsd?: number;
  /** Taken back after so many minutes; absent of what stays. */
  readonly untilMinutes?: number;
  readonly isAlwaysAsked: boolean;
  /** People who have to say yes where anybody is asked. */
  readonly approvalsNeeded: number;
  readonly obstacle?: Obstacle;
}

/** What is going on elsewhere. */
export interface GuardState {
  readonly now: number;
  readonly isKilled: boolean;
  /** Of other repairs. */
  readonly inChange: readonly { readonly remediationId: string; readonly resourceKey: string }[];
  /** Changes that are made and will be taken back after a while, with what they set. Absent: none. */
  readonly held?: readonly {
    readonly remediationId: string;
    readonly settings: readonly string[];
    /** What it is set to, and until about when, epoch milliseconds. Absent of what was let in by an earlier version. */
    readonly hold?: { readonly change: Change; readonly until: number };
  }[];
  /** Changes of the last day, newest first; `costPerHourUsd` is what is still in force of them. */
  readonly recent: readonly {
    readonly resourceKey: string;
    readonly at: number;
    readonly wasUndone: boolean;
    /** It let the resource tell more, and changed nothing of what it does. */
    readonly isDiagnostic?: true;
  }[];
  /** USD that the repairs in force cost. */
  readonly spentPerHourUsd: number;
  /** Of repairs in force, and of those that ended in the last month. */
  readonly costs: readonly ChangeCost[];
}

/** A guardrail that says no, why, and what would change its mind. */
export interface Refusal {
  readonly rail: string;
  readonly reason: string;
  /** What would let it through. */
  readonly lift: string;
}

/** What the guardrails make of a request: all its refusals at once, or the mode in which it may go on. */
export type GuardDecision =
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  /** Somebody else changes the same thing right now, it cools down not for long, or as many as may are in change: come again. `until`: about when what is waited for is taken back, epoch milliseconds. */
  | { readonly kind: 'wait'; readonly reason: string; readonly until?: number }
  /** A stopgap that is in force has set the very values, for a while as this one would: there is nothing to change. */
  | { readonly kind: 'already'; readonly reason: string }
  | { readonly kind: 'allowed'; readonly mode: 'dry-run' | 'approve' | 'automatic' };

/** One guardrail: a reason to refuse, or none. */
export type Rail = (request: GuardRequest, state: GuardState, config: GuardrailConfig) => Refusal | undefined;
