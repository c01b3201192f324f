import { isForNow, type PlannedRemedy } from '@lamplighter/remedies';
import type { StoredRemediation } from './stored-remediation.ts';

/** Repairs of the same finding by the same playbook. */
export const sameOf = ({ playbook }: PlannedRemedy, earlier: readonly StoredRemediation[]): StoredRemediation[] =>
  earlier.filter(({ remediation }) => remediation.playbook === playbook.name);

/** Tries of a playbook that ended before they changed anything: somebody has to look at why. */
const MOST_UNTOUCHED = 3;
/** Plans of a playbook that guardrails refused for the moment: who was there each time at the wrong one is left to a person. */
const MOST_REFUSED = 3;
/** Those that only tell of others who came first: in a storm everybody meets them, and nobody is to blame. */
const OF_OTHERS: readonly string[] = ['blast-radius', 'turn'];

/** Never planned, or without having changed anything: with an obstacle that is gone, refused for a moment that is over, or ended by a failure of its own machinery. */
export function isUntried(remedy: PlannedRemedy, earlier: readonly StoredRemediation[]): boolean {
  const same = sameOf(remedy, earlier);
  if (same.length === 0) return true;
  const untouched = same.filter(({ remediation }) => remediation.untouched).length;
  const refused = same.filter((one) => wasRefusedForNow(one) && !wasCrowdedOut(one)).length;
  const isUnchanged = same.every(
    (one) => one.obstacle !== undefined || one.remediation.untouched || wasRefusedForNow(one),
  );
  const isWithin = untouched < MOST_UNTOUCHED && refused < MOST_REFUSED;
  return remedy.proposal.obstacle === undefined && isUnchanged && isWithin;
}

const wasCrowdedOut = ({ remediation }: StoredRemediation): boolean =>
  remediation.refusals.every(({ rail }) => OF_OTHERS.includes(rail));

/** Whether it ended for the moment alone. */
export const wasRefusedForNow = ({ remediation }: StoredRemediation): boolean =>
  remediation.state === 'refused' && isForNow(remediation.refusals);
