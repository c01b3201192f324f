import type { AlertingPolicy } from './policy/policy.ts';
import type { Member, StoredAlert } from './stored-alert.ts';

/** What is known of a group when a signal comes in. */
export interface GroupState {
  /** The group's newest alert, if there ever was one. */
  readonly alert: StoredAlert | undefined;
  /** What was last heard of the signal's subject in this group. */
  readonly member: Member | undefined;
}

export interface SignalChange {
  readonly kind: 'changed';
  readonly alert: StoredAlert;
  readonly member: Member;
  /** Those who know of the alert have to hear of this. */
  readonly isNews: boolean;
  /** A step of the escalation that was taken with it. */
  readonly step?: number;
}

export type SignalOutcome =
  | { readonly kind: 'nothing-new' }
  /** Nobody has to hear of it; that it was heard has to be kept. */
  | { readonly kind: 'noted'; readonly member: Member }
  | SignalChange;

export interface SignalContext {
  readonly policy: AlertingPolicy;
  readonly now: number;
  /** The identity of a new alert: the same signal always gives the same one. */
  readonly newAlertId: string;
}
