import { advanced } from './advance-remediation.ts';
import type { StoredRemediation } from './stored-remediation.ts';

/** A repair that would change nothing: it ends like what failed before anything was changed, so that the finding's next change leads to another playbook. */
export const soAlready = (stored: StoredRemediation, reason: string, now: number): StoredRemediation =>
  advanced(stored, { state: 'failed', untouched: true, failure: `Nothing was changed. ${reason}`, endedAt: now }, now);
