import type { Remediation } from '@lamplighter/contracts';
import { advanced } from './advance-remediation.ts';
import type { StoredRemediation } from './stored-remediation.ts';

/** What becomes of a repair whose advice is over: nothing, ended before it changed anything, undone, or looked at again when its change is made. */
export type EndOfAdvice = 'none' | 'expire' | 'withdraw' | 'later';

const ENDS: Readonly<Record<Remediation['state'], EndOfAdvice>> = {
  planned: 'expire',
  'awaiting-approval': 'expire',
  approved: 'expire',
  applying: 'later',
  verifying: 'later',
  'rolling-back': 'later',
  kept: 'withdraw',
  refused: 'none',
  declined: 'none',
  expired: 'none',
  'dry-run-ended': 'none',
  'rolled-back': 'none',
  failed: 'none',
};

export const endOfAdvice = ({ remediation }: StoredRemediation): EndOfAdvice => ENDS[remediation.state];

/** A repair that is asked for no longer: its execution ends at its next step, and whoever still approves is told so. */
export const expired = (stored: StoredRemediation, now: number): StoredRemediation | undefined =>
  endOfAdvice(stored) === 'expire' ? advanced(stored, { state: 'expired', endedAt: now }, now) : undefined;
