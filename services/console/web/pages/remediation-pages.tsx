import type { Remediation } from '@lamplighter/contracts';
import type { RemediationList } from '../../src/api/get-remediations.ts';
import { type RemediationItem, remediationItem } from '../../src/domain/list-items.ts';
import { linkTo } from '../live/route.ts';
import { usePages } from '../live/use-pages.ts';
import { usePolled } from '../live/use-polled.ts';
import { When } from '../parts/badges.tsx';
import { Heading } from '../parts/heading.tsx';
import { Empty, Loaded } from '../parts/notes.tsx';
import { MoreButton, PageNotes } from '../parts/page-notes.tsx';
import { Decide, RemediationCard, RepairEnd, Withdrawal } from '../parts/remediation-card.tsx';
import { measured, usd } from '../text/say-figures.ts';
import { Lines, Text } from '../text/text.tsx';
import { EvidenceList } from './finding-pages.tsx';

/** What the agents want to do, did, and undid. */
export function RemediationsPage() {
  const list = usePages('/api/remediations?limit=100', { everyMs: 5_000, pageOf, keyOf });
  return (
    <>
      <Heading>Remediations</Heading>
      <Loaded of={list.newest}>
        {({ remediations }) => (
          <>
            {remediations.length === 0 && (
              <Empty title="Nothing was repaired yet.">
                A repair is proposed when a finding has a playbook. A new install only rehearses (dry run).
              </Empty>
            )}
            <PageNotes of={list} />
            {list.items.map((repair) => (
              <RemediationCard key={repair.remediationId} repair={repair} onDecided={list.renew} />
            ))}
            <MoreButton of={list} />
          </>
        )}
      </Loaded>
    </>
  );
}

const pageOf = ({ remediations, ...rest }: RemediationList) => ({ items: remediations, ...rest });

const keyOf = ({ remediationId }: RemediationItem): string => remediationId;

/** One repair from its plan to its end. */
export function RemediationPage({ id }: { readonly id: string }) {
  const answer = usePolled<{ remediation: Remediation }>(`/api/remediation?id=${encodeURIComponent(id)}`, 3_000);
  return (
    <Loaded of={answer} title="Repair">
      {({ remediation }) => (
        <div class="item plain">
          <Heading>
            <Text value={remediation.title} />
          </Heading>
          <p class="row">
            <RepairEnd repair={remediation} />
            <span>mode {remediation.mode.replace('-', ' ')}</span>
            <span>
              planned <When at={remediation.plannedAt} />
            </span>
            <a href={linkTo('finding', { id: remediation.findingId })}>the finding</a>
          </p>
          <p class="lead">
            <Text value={remediation.reason} />
          </p>
          {remediation.state === 'awaiting-approval' && (
            <Decide repair={remediationItem(remediation)} onDecided={answer.refresh} />
          )}
          {remediation.failure && (
            <p class="note broken">
              <Text value={remediation.failure} />
            </p>
          )}
          <Withdrawal repair={remediation} />
          <Facts remediation={remediation} />
          {remediation.verification && <Verification of={remediation.verification} />}
          {remediation.refusals.length > 0 && (
            <section>
              <h2>Refused by guardrails</h2>
              <ul>
                {remediation.refusals.map(({ rail, reason, lift }) => (
                  <li key={rail}>
                    <strong>{rail}</strong>: <Text value={reason} /> <span class="faint">To lift it: </span>
                    <Text value={lift} />
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section>
            <h2>Evidence</h2>
            <EvidenceList evidence={remediation.evidence} />
          </section>
          <Decisions remediation={remediation} />
          {remediation.patch && (
            <section>
              <h2>For the owner’s serverless.yml</h2>
              <p class="faint">So that the next deploy does not undo it.</p>
              <Lines value={remediation.patch} />
            </section>
          )}
        </div>
      )}
    </Loaded>
  );
}

const Facts = ({ remediation }: { readonly remediation: Remediation }) => (
  <dl class="facts">
    <dt>On</dt>
    <dd>
      <Text value={remediation.resource.name} />{' '}
      <span class="faint">{remediation.resource.type.replaceAll('-', ' ')}</span>
    </dd>
    <dt>Playbook</dt>
    <dd>
      {remediation.playbook}
      {Object.entries(remediation.parameters).map(([name, value]) => (
        <span key={name}>
          {' '}
          <span class="faint">
            <Text value={name} />
          </span>{' '}
          <code>
            <Text value={String(value)} />
          </code>
        </span>
      ))}
    </dd>
    <dt>Risk</dt>
    <dd>{remediation.risk}</dd>
    <dt>Cost</dt>
    <dd>
      {usd(remediation.costPerHourUsd)} an hour, {usd(remediation.costPerMonthUsd)} a month more than doing nothing
    </dd>
    {remediation.adviser && (
      <>
        <dt>Adviser</dt>
        <dd>
          {remediation.adviser.costUsd === undefined ? 'unknown cost' : `$${remediation.adviser.costUsd.toFixed(6)}`}{' '}
          for {remediation.adviser.inputTokens} + {remediation.adviser.outputTokens} tokens of{' '}
          <Text value={remediation.adviser.modelId} />
        </dd>
      </>
    )}
    <dt>Undone by</dt>
    <dd>
      <Text value={remediation.undo} />
    </dd>
  </dl>
);

const Verification = ({
  of: { metric, unit, before, after, target, windows },
}: {
  readonly of: NonNullable<Remediation['verification']>;
}) => (
  <section>
    <h2>Did it help?</h2>
    <p>
      <Text value={metric.replaceAll('-', ' ')} /> was <strong>{measured(before, unit)}</strong>, is{' '}
      <strong>{measured(after, unit)}</strong> after {windows} windows; {measured(target, unit)} was wanted.
    </p>
  </section>
);

const UNDECIDED = {
  automatic: 'Approved by the policy: nobody had to be asked.',
  'dry-run': 'A dry run: nobody is asked.',
  approve: 'Nobody decided yet.',
} as const satisfies Record<Remediation['mode'], string>;

const Decisions = ({ remediation: { decisions, approvalsNeeded, mode } }: { readonly remediation: Remediation }) => (
  <section>
    <h2>Decisions {mode === 'approve' && <span class="faint">{approvalsNeeded} needed</span>}</h2>
    {decisions.length === 0 && <p class="faint">{UNDECIDED[mode]}</p>}
    <ul>
      {decisions.map(({ by, decision, at, through }) => (
        <li key={`${by} ${at}`}>
          <Text value={by} /> {decision === 'approve' ? 'approved' : 'declined'} through <Text value={through} />{' '}
          <When at={at} />
        </li>
      ))}
    </ul>
  </section>
);
