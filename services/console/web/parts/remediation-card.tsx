import type { Remediation } from '@lamplighter/contracts';
import { useEffect, useRef } from 'preact/hooks';
import { type RemediationItem, remediationItem } from '../../src/domain/list-items.ts';
import { serverNow } from '../live/api-client.ts';
import { linkTo } from '../live/route.ts';
import { ago, usd } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';
import { StateBadge, When } from './badges.tsx';
import { ask } from './questions.tsx';

/** A repair in a list; one that waits for somebody can be decided here. */
export const RemediationCard = ({
  repair,
  onDecided,
}: {
  readonly repair: RemediationItem;
  readonly onDecided: (repair: RemediationItem) => void;
}) => (
  <article class={`item ${repair.state === 'awaiting-approval' ? 'warning' : 'over'}`}>
    <div class="row">
      <RepairEnd repair={repair} />
      <a class="title" data-item href={linkTo('remediation', { id: repair.remediationId })}>
        <Text value={repair.title} />
      </a>
    </div>
    <p>
      <Text value={repair.reason} />
    </p>
    <p class="faint">
      risk {repair.risk} · {repair.costPerHourUsd === 0 ? 'costs nothing' : `${usd(repair.costPerHourUsd)} an hour`} ·
      planned <When at={repair.plannedAt} />
    </p>
    <Withdrawal repair={repair} />
    {repair.state === 'awaiting-approval' && <Decide repair={repair} onDecided={onDecided} />}
  </article>
);

type Withdrawable = Pick<RemediationItem, 'state' | 'withdrawn'>;

/** The state; what was withdrawn had not failed, and so is not said to be rolled back. */
export const RepairEnd = ({ repair: { state, withdrawn } }: { readonly repair: Withdrawable }) => (
  <StateBadge state={withdrawn === undefined ? state : 'withdrawn'} />
);

/** Why it was withdrawn, where it was. */
export const Withdrawal = ({ repair: { withdrawn } }: { readonly repair: Withdrawable }) =>
  withdrawn === undefined ? null : (
    <p class="note">
      withdrawn: <Text value={withdrawn} />
    </p>
  );

const TITLES = { approve: 'Approve this repair?', decline: 'Decline this repair?' } as const;
const ANSWERS = { approve: 'Approve', decline: 'Decline' } as const;
const OVER = 'It does not wait any more: somebody else decided, its time was up, or its finding is over.';

/** Approve or decline, each after a look at what that means; what needs two people can be declined here, and is approved by their links. */
export function Decide({
  repair,
  onDecided,
}: {
  readonly repair: RemediationItem;
  readonly onDecided: (repair: RemediationItem) => void;
}) {
  const endQuestion = useRef<(why: string) => void>();
  useEffect(() => () => endQuestion.current?.(OVER), []);
  const decide = (decision: keyof typeof TITLES): void => {
    endQuestion.current = ask({
      title: TITLES[decision],
      yes: ANSWERS[decision],
      path: '/api/decide',
      what: { remediationId: repair.remediationId, decision },
      onDone: (answer) => onDecided(remediationItem((answer as { remediation: Remediation }).remediation)),
      children: <Consequences repair={repair} isApproved={decision === 'approve'} />,
    });
  };
  return (
    <div class="row">
      {repair.isApprovedByLinks ? (
        <span>Two people approve this, each by the link that was sent to them.</span>
      ) : (
        <button type="button" class="primary" data-act="" onClick={() => decide('approve')}>
          Approve…
        </button>
      )}
      <button type="button" onClick={() => decide('decline')}>
        Decline…
      </button>
      <span class="faint">
        approved by {repair.approvals}
        {repair.expiresAt !== undefined && ` · expires ${ago(repair.expiresAt, serverNow())}`}
      </span>
    </div>
  );
}

const Consequences = ({ repair, isApproved }: { readonly repair: RemediationItem; readonly isApproved: boolean }) => (
  <>
    <p>
      <Text value={repair.title} />
    </p>
    {isApproved ? (
      <dl class="facts">
        <dt>On</dt>
        <dd>
          <Text value={repair.resource} />
        </dd>
        <dt>Risk</dt>
        <dd>{repair.risk}</dd>
        <dt>Cost</dt>
        <dd>{repair.costPerHourUsd === 0 ? 'none' : `${usd(repair.costPerHourUsd)} an hour`}</dd>
        <dt>Undone by</dt>
        <dd>
          <Text value={repair.undo} />
        </dd>
      </dl>
    ) : (
      <p>Nothing is changed. The finding stays open, and the same repair is not proposed again at once.</p>
    )}
  </>
);
