import type { Remediation } from '@lamplighter/contracts';

/** How a question to people, or a trouble, ended: the title that the alert bears from then on, and why it is closed. */
export interface RemediationEnd {
  readonly title: string;
  readonly because: string;
}

/** The end that a state of a repair is: it asks nothing of anybody any more; undefined where it does, or never has. */
export function remediationEnd(remediation: Remediation): RemediationEnd | undefined {
  const { state, title, withdrawn } = remediation;
  // What had its time and was undone asks nothing of anybody.
  if (withdrawn !== undefined)
    return { title: `${undone('Withdrawn', remediation)}: ${title}`, because: withOwners(withdrawn, remediation) };
  switch (state) {
    case 'approved':
      return { title: `Approved: ${title}`, because: `approved by ${whoSaid('approve', remediation)}` };
    case 'declined':
      return { title: `Declined: ${title}`, because: `declined by ${whoSaid('decline', remediation)}` };
    case 'expired':
      return expiredEnd(remediation);
    case 'dry-run-ended':
      return { title, because: 'it was a dry run' };
    case 'applying':
    case 'verifying':
      return { title, because: 'it is under way' };
    case 'kept':
      return keptEnd(remediation);
    default:
      return undefined;
  }
}

function expiredEnd(remediation: Remediation): RemediationEnd | undefined {
  const { title } = remediation;
  if (isOverThoughApproved(remediation)) return undefined;
  if (!isOverBeforeDecision(remediation))
    return { title: `Expired: ${title}`, because: 'nobody decided in time, so nothing was changed' };
  return { title: `No longer needed: ${title}`, because: 'its finding or advice is over, so nothing was changed' };
}

/** What expires before its time was ended with what it was asked for, not by silence. */
const isOverBeforeDecision = ({ approval, endedAt, updatedAt }: Remediation): boolean =>
  approval === undefined || (endedAt ?? updatedAt) < approval.expiresAt;

/** Everybody whose yes it needed gave it, and was told so; it was over before it could begin. */
export function isOverThoughApproved(remediation: Remediation): boolean {
  const yes = decidersOf(remediation, 'approve').length;
  return remediation.state === 'expired' && yes > 0 && yes >= remediation.approvalsNeeded;
}

function keptEnd(remediation: Remediation): RemediationEnd {
  const { title, takenBack, leftToOwner } = remediation;
  // Only what was to be taken back has anything that is left.
  if (leftToOwner !== undefined)
    return {
      title: `${undone('Taken back', remediation)}: ${title}`,
      because: withOwners('it helped, and its time is over', remediation),
    };
  if (takenBack) return { title: `Taken back: ${title}`, because: 'it helped, and its time is over' };
  return { title: `Kept: ${title}`, because: 'it helped and was kept' };
}

/** Undone as far as nobody had changed it meanwhile. */
export const undone = (word: string, { leftToOwner }: Pick<Remediation, 'leftToOwner'>): string =>
  leftToOwner === undefined ? word : `${word} but for its owner's changes`;

/** What was left as its owner had set it meanwhile; undefined where nothing was. */
export const ownersPart = ({ leftToOwner }: Pick<Remediation, 'leftToOwner'>): string | undefined =>
  leftToOwner && `Left as its owner set it meanwhile: ${leftToOwner}`;

const withOwners = (because: string, remediation: Remediation): string =>
  [because, ownersPart(remediation)].filter(Boolean).join('. ');

/** Everybody who decided so, each once. */
export const decidersOf = (
  { decisions }: Pick<Remediation, 'decisions'>,
  decision: Remediation['decisions'][number]['decision'],
): string[] => [...new Set(decisions.filter((one) => one.decision === decision).map(({ by }) => by))];

const whoSaid = (decision: 'approve' | 'decline', remediation: Remediation): string =>
  decidersOf(remediation, decision).join(' and ') || 'somebody';
