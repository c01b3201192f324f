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

type Ended = Pick<RemediationItem, 'state' | 'withdrawn' | 'takenBack' | 'untouched' | 'leftToOwner'>;

/** The state as a person takes it: what was undone because its time was over had not failed, and is not in force any more. */
export const RepairEnd = ({ repair }: { readonly repair: Ended }) => <StateBadge state={endOf(repair)} />;

function endOf({ state, withdrawn, takenBack, untouched, leftToOwner }: Ended): string {
  if (withdrawn !== undefined) return 'withdrawn';
  if (takenBack) return 'taken-back';
  if (leftToOwner !== undefined && state === 'kept') return 'left-to-its-owner';
  return untouched ? 'failed-untouched' : state;
}

/** Why what was kept is not in force any more, where that is so. */
export function Withdrawal({ repair }: { readonly repair: Ended }) {
  return (
    <>
      <WhyOver repair={repair} />
      {repair.leftToOwner !== undefined && (
        <p class="note">
          Somebody changed this meanwhile, and it was left as it is: <Text value={repair.leftToOwner} />
        </p>
      )}
    </>
  );
}

function WhyOver({ repair: { withdrawn, takenBack } }: { readonly repair: Ended }) {
  if (withdrawn !== undefined)
    return (
      <p class="note">
        withdrawn: <Text value={withdrawn} />
      </p>
    );
  return takenBack ? (
    <p class="note">It was kept for its time. That is over, and what it changed was taken back.</p>
  ) : null;
}

const TITLES = { approve: 'Approve this repair?', decline: 'Decline this repair?' } as const;
const ANSWERS = { approve: 'Approve', decline: 'Decline' } as const;
const DONE = { approve: 'Approved.', decline: 'Declined.' } as const;
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
      done: DONE[decision],
      onDone: (answer) => onDecided(remediationItem((answer as { remediation: Remediation }).remediation)),
      children: <Consequences repair={repair} isApproved={decision === 'approve'} />,
    });
  };
  return (
    <>
      {repair.isApprovedByLinks && <ByLinks repair={repair} />}
      <div class="row">
        {!repair.isApprovedByLinks && (
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
    </>
  );
}

/** What to do where one person's word is not enough. */
const ByLinks = ({ repair: { approvedBy } }: { readonly repair: RemediationItem }) => (
  <div class="note">
    <strong>This needs two people, and cannot be approved here.</strong>
    <p>
      Each approver got a message “Approve? …” with a link of their own. Open yours and press Approve; then have a
      second approver do the same with theirs.{' '}
      {approvedBy.length === 0 ? (
        'Nobody approved yet.'
      ) : (
        <>
          Approved so far by <Text value={approvedBy.join(', ')} />.
        </>
      )}
    </p>
    <p class="faint">
      Whom the message reached stands with its <a href={linkTo('alerts')}>alert</a>; who the approvers are, in the{' '}
      <a href={linkTo('guardrails')}>guardrails</a>.
    </p>
  </div>
);

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
