import type { Alert } from '@lamplighter/contracts';
import type { FindingItem } from '../../src/domain/list-items.ts';
import { linkTo } from '../live/route.ts';
import { Text } from '../text/text.tsx';
import { Answers } from './alert-answers.tsx';
import { SeverityBadge, StateBadge, When } from './badges.tsx';

interface FindingRowProps {
  readonly finding: FindingItem;
  /** The alert that it raised, to be answered here. */
  readonly alert?: Alert | undefined;
  readonly onAnswered?: () => void;
}

/** A finding in a list: what, how bad, since when, and why where that is known. */
export const FindingRow = ({ finding, alert, onAnswered = () => {} }: FindingRowProps) => (
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
    {alert?.state === 'open' && <Answers alert={alert} onAnswered={onAnswered} />}
  </article>
);
