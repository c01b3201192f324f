import type { Alert } from '@lamplighter/contracts';
import type { FindingItem, RemediationItem } from '../../src/domain/list-items.ts';
import { linkTo } from '../live/route.ts';
import { Text } from '../text/text.tsx';
import { Answers } from './alert-answers.tsx';
import { SeverityBadge, StateBadge, When } from './badges.tsx';
import { RepairEnd } from './remediation-card.tsx';

interface FindingRowProps {
  readonly finding: FindingItem;
  /** The alert that it raised, to be answered here. */
  readonly alert?: Alert | undefined;
  readonly onAnswered?: () => void;
  /** What was last done about it. */
  readonly repair?: RemediationItem | undefined;
}

/** A finding in a list: what, how bad, since when, and why where that is known. */
export const FindingRow = ({ finding, alert, onAnswered = () => {}, repair }: FindingRowProps) => (
  <article class={`item ${finding.state === 'open' ? finding.severity : 'over'}`}>
    <div class="row">
      {finding.state === 'open' ? <SeverityBadge severity={finding.severity} /> : <StateBadge state="resolved" />}
      <a class="title" data-item href={linkTo('finding', { id: finding.findingId })}>
        <Text value={finding.title} />
      </a>
    </div>
    <p class="one-line">
      {finding.cause && (
        <>
          <span class="faint">likely cause</span> <Text value={finding.cause.name} />
          {finding.cause.share !== undefined && ` (${Math.round(100 * finding.cause.share)} % of it)`} ·{' '}
        </>
      )}
      {finding.evidence && <Text value={finding.evidence} />}
    </p>
    <p class="one-line faint">
      since <When at={finding.openedAt} />
      {alert?.acknowledgedBy && (
        <>
          {' '}
          · taken on by <Text value={alert.acknowledgedBy} />
        </>
      )}
    </p>
    {repair && (
      <p class="one-line">
        <RepairEnd repair={repair} />{' '}
        <a href={linkTo('remediation', { id: repair.remediationId })}>
          <Text value={repair.title} />
        </a>
        {repair.state === 'kept' && <span class="faint"> · open until its figures have been good for a while</span>}
      </p>
    )}
    {alert?.state === 'open' && <Answers alert={alert} onAnswered={onAnswered} />}
  </article>
);
