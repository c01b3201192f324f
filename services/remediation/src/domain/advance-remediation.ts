import type { Remediation } from '@lamplighter/contracts';
import type { StoredRemediation } from './stored-remediation.ts';

/** The repair in its next state: one revision more. */
export function advanced(
  stored: StoredRemediation,
  change: Partial<Remediation> & Pick<Remediation, 'state'>,
  now: number,
): StoredRemediation {
  const { revision } = stored.remediation;
  return { ...stored, remediation: { ...stored.remediation, ...change, revision: revision + 1, updatedAt: now } };
}

/** States in which nothing more happens. */
const ENDED: readonly Remediation['state'][] = [
  'refused',
  'declined',
  'expired',
  'dry-run-ended',
  'kept',
  'rolled-back',
  'failed',
];

export const hasEnded = ({ remediation }: StoredRemediation): boolean => ENDED.includes(remediation.state);

/** States before anything is done: in no other is it guarded, or anybody asked. */
const BEFORE: readonly Remediation['state'][] = ['planned', 'awaiting-approval', 'approved'];

export const isBefore = ({ remediation }: StoredRemediation): boolean => BEFORE.includes(remediation.state);

/** States out of which a guardrail, or the kill switch, may still refuse it. */
const REFUSABLE: readonly Remediation['state'][] = [...BEFORE, 'applying'];

export const mayBeRefused = ({ remediation }: StoredRemediation): boolean => REFUSABLE.includes(remediation.state);
