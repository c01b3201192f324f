import type { Alert, Severity } from '@lamplighter/contracts';

/** A link that only its approver may use. */
export interface ApprovalLinks {
  readonly approver: string;
  readonly approveUrl: string;
  readonly declineUrl: string;
}

export interface SignalOrigin {
  readonly source: string;
  readonly detailType: string;
  /** Of an alarm its name; else the ARN that the event is about, or nothing. */
  readonly name: string;
}

/** What an event says to the alerts: something is wrong, or is so no longer. */
export interface AlertSignal {
  readonly kind: 'open' | 'resolve';
  readonly groupKey: string;
  readonly subject: Alert['subject'];
  /** What it is about, each by its whole name (a function, an alarm): what silences are held against. Absent where nothing has a name. */
  readonly names?: readonly string[];
  /** Of the subject, rising; an older one than known says nothing. */
  readonly revision: number;
  readonly severity: Severity;
  readonly title: string;
  readonly text: string;
  /** When it was so, epoch milliseconds. */
  readonly at: number;
  /** When the trouble began, where that was before. */
  readonly since?: number;
  readonly approvals?: readonly ApprovalLinks[];
  /** People by name who have to hear of it wherever they are alone, on call or not: those whose word it is about. */
  readonly concerns?: readonly string[];
  /** Of an end: why, where that is no recovery. The alert bears its title from then on. */
  readonly because?: string;
  /** An end that says nothing of trouble before it: whoever heard of none need not hear of it. */
  readonly isMereEnd?: boolean;
  /** The revision of the trouble that it ends: nobody may have heard of that one, even where the subject is known. */
  readonly endOf?: number;
  /** Where it comes from, if not from Lamplighter: what the policy's `sources` judge by. */
  readonly origin?: SignalOrigin;
  /** Trouble that has to be told even where its end was heard of first. */
  readonly countsWhenOver?: boolean;
}
