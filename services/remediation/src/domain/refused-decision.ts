import type { StoredRemediation } from './stored-remediation.ts';
import type { Decision } from './take-decision.ts';

/** A decision that counted for nothing: used again, too late, or of somebody who is no approver. */
export interface RefusedDecision extends Decision {
  readonly reason: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Whoever has a link may click it for as long as they like. */
const MOST_KEPT = 20;
const MOST_CHARACTERS = 200;

/** The repair with one more of them, the newest last; its state and its revision stay, since it is the same to everybody else. */
export function withRefusedDecision(stored: StoredRemediation, refused: RefusedDecision): StoredRemediation {
  const one = { ...refused, by: refused.by.slice(0, MOST_CHARACTERS) };
  return { ...stored, refusedDecisions: [...(stored.refusedDecisions ?? []), one].slice(-MOST_KEPT) };
}
