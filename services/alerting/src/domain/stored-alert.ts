import type { Alert, Severity } from '@lamplighter/contracts';
import type { ApprovalLinks } from './alert-signal.ts';

/** An alert as it lies in the outbox, before anybody has been told. */
export interface StoredAlert {
  readonly alertId: string;
  readonly groupKey: string;
  readonly severity: Severity;
  readonly title: string;
  readonly text: string;
  readonly subject: Alert['subject'];
  readonly state: Alert['state'];
  readonly revision: number;
  readonly openedAt: number;
  readonly updatedAt: number;
  readonly closedAt?: number;
  readonly acknowledgedBy?: string;
  /** When somebody took it on; rows of the version before do not say. */
  readonly acknowledgedAt?: number;
  readonly snoozedUntil?: number;
  readonly closedBecause?: string;
  readonly occurrences: number;
  /** What people are told by name; absent in rows of the version before. */
  readonly members?: Alert['members'];
  /**
   * What those that joined it are about, each different list of names once: it is silent where a silence holds for one name of each. An empty list is of what
   * bears no name; absent in rows of the version before.
   */
  readonly about?: readonly (readonly string[])[];
  /** Subjects that joined it and have not recovered. */
  readonly openMembers: number;
  /** Steps of the escalation that were taken; 0 while quiet hours hold the first one back. */
  readonly stepsTaken: number;
  /**
   * When the next step is due; absent once all are taken, or somebody has taken the alert on. Of a closed alert: its only one, which was held back for as
   * long as it was open, by quiet hours or because its group comes and goes.
   */
  readonly nextStepAt?: number;
  /** When alerts of its group were told at once, those of the hour before it, itself among them where it was; absent in rows of the version before. */
  readonly toldAtOnce?: readonly number[];
  /** Its group comes and goes: until then it is told only where it lasts. */
  readonly heldUntil?: number;
  /** Raised when the escalation begins anew; each one is an execution of its own. */
  readonly escalationRun: number;
  /** What became of it, oldest first; absent in rows of the version before. */
  readonly history?: Alert['history'];
  /** The change that the newest revision is. */
  readonly lastChange: 'opened' | 'joined' | 'escalated' | 'acknowledged' | 'snoozed' | 'closed';
  /** The newest revision that is worth telling. */
  readonly newsRevision: number;
  /** The newest change that people have to notice, and not only to see when they look. */
  readonly notice?: {
    readonly change: 'worse' | 'escalated' | 'acknowledged' | 'snoozed' | 'closed';
    readonly revision: number;
  };
  /** What closed it: a person's word also stands for more of the same. */
  readonly closedBy?: 'person' | 'recovery' | 'silence';
  readonly approvals?: readonly ApprovalLinks[];
  /** People who have to hear of it wherever they are alone. */
  readonly concerns?: readonly string[];
  /** It was missed, and is kept in the list of those until a person answers, however it ends. */
  readonly missed?: 'unheard' | 'unanswered';
  /** Of a closed alert: everybody who has to know does, as far as anybody can be told. */
  readonly isSettled?: true;
}

/** A subject of a group: the newest revision that was heard of it. */
export interface Member {
  readonly groupKey: string;
  readonly subject: Alert['subject'];
  /** The alert that it joined; empty where it never joined one. */
  readonly alertId: string;
  readonly state: 'open' | 'resolved';
  readonly revision: number;
  /** Up to which revision trouble that counts when it is over was heard of: read it with `heardUpTo`. */
  readonly heardUpTo?: number;
}
