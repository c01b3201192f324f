import type { CostTotals } from '../../src/api/get-forecasts.ts';
import type { Fleet } from '../../src/api/get-functions.ts';
import type { Now } from '../../src/api/get-now.ts';
import { asOf } from '../live/as-of.ts';
import { linkTo } from '../live/route.ts';
import { type Polled, usePolled } from '../live/use-polled.ts';
import { AlertCard } from '../parts/alert-card.tsx';
import { StateBadge } from '../parts/badges.tsx';
import { BreachCard } from '../parts/breach-card.tsx';
import { FindingRow } from '../parts/finding-row.tsx';
import { Empty, Loaded } from '../parts/notes.tsx';
import { RemediationCard } from '../parts/remediation-card.tsx';
import { count, percent, usd } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';
import { verdictOf } from './verdict-of.ts';

/** Everything in one look: what waits for you first, then what is wrong, then what is well. */
export const NowPage = ({ now }: { readonly now: Polled<Now> }) => (
  <Loaded of={now} title="Now">
    {(body) => (
      <>
        <Verdict now={body} oldSince={now.isLive ? undefined : now.answeredAt} />
        <Waiting now={body} refresh={now.refresh} />
        <OpenFindings now={body} refresh={now.refresh} />
        <OtherAlerts now={body} refresh={now.refresh} />
        <Ahead now={body} />
        <Done now={body} refresh={now.refresh} />
        <Figures />
        <Costs />
        <Services now={body} />
      </>
    )}
  </Loaded>
);

const SIGNS = { critical: '▲', warning: '◆', good: '✓', old: '◌' } as const;

/** One sentence; of an answer that is not live it says when that was so, and nothing is green. */
function Verdict({ now, oldSince }: { readonly now: Now; readonly oldSince: number | undefined }) {
  const { tone, said } = verdictOf(now);
  const look = oldSince !== undefined && tone === 'good' ? 'old' : tone;
  return (
    <h1 class={`verdict ${look}`}>
      <span aria-hidden="true">{SIGNS[look]}</span> {oldSince !== undefined && `As of ${asOf(oldSince)}: `}
      {said}
    </h1>
  );
}

function NoFindings({ now }: { readonly now: Now }) {
  const analysis = now.services.find(({ service }) => service === 'analysis');
  if (analysis?.state === 'up') return <Empty title="Nothing is wrong that Lamplighter knows of." />;
  return (
    <Empty title="Nobody is looking for faults.">
      The analysis service {analysis?.state === 'failed' ? 'does not answer' : 'is not deployed'}.
    </Empty>
  );
}

function Waiting({ now, refresh }: LookProps) {
  if (now.waiting.length === 0) return null;
  return (
    <section>
      <h2>Waits for your decision</h2>
      {now.waiting.map((repair) => (
        <RemediationCard key={repair.remediationId} repair={repair} onDecided={refresh} />
      ))}
    </section>
  );
}

interface LookProps {
  readonly now: Now;
  readonly refresh: () => void;
}

/** What is wrong, each with the alert that it raised. */
const OpenFindings = ({ now, refresh }: LookProps) => (
  <section>
    <h2>
      Open findings <span class="faint">{now.openFindings}</span>
    </h2>
    {now.findings.map((finding) => (
      <FindingRow
        key={finding.findingId}
        finding={finding}
        alert={now.alerts.find(({ subject }) => subject.kind === 'finding' && subject.id === finding.findingId)}
        onAnswered={refresh}
      />
    ))}
    {now.openFindings === 0 && <NoFindings now={now} />}
    {now.openFindings > now.findings.length && <a href={linkTo('findings')}>All {count(now.openFindings)}</a>}
  </section>
);

/** Alerts that no finding or waiting repair above stands for; those that somebody took on come last. */
function OtherAlerts({ now, refresh }: LookProps) {
  const known = new Set([
    ...now.findings.map(({ findingId }) => `finding ${findingId}`),
    ...now.waiting.map(({ remediationId }) => `remediation ${remediationId}`),
  ]);
  const others = now.alerts
    .filter(({ subject }) => !known.has(`${subject.kind} ${subject.id}`))
    .toSorted((a, b) => Number(a.state !== 'open') - Number(b.state !== 'open'));
  if (others.length === 0) return null;
  return (
    <section>
      <h2>
        Other alerts <span class="faint">{others.length}</span>
      </h2>
      {others.slice(0, 10).map((alert) => (
        <AlertCard key={alert.alertId} alert={alert} onAnswered={refresh} isShort />
      ))}
      {others.length > 10 && <a href={linkTo('alerts')}>All of them</a>}
    </section>
  );
}

/** Limits that will be hit, the next one first. */
function Ahead({ now }: { readonly now: Now }) {
  if (now.breaches.length === 0) return null;
  const next = now.breaches.toSorted((a, b) => (a.expectedAt ?? Infinity) - (b.expectedAt ?? Infinity)).slice(0, 5);
  return (
    <section>
      <h2>What is coming</h2>
      {next.map((breach) => (
        <BreachCard key={breach.breachId} breach={breach} />
      ))}
    </section>
  );
}

function Done({ now, refresh }: LookProps) {
  const done = now.remediations.slice(0, 5);
  if (done.length === 0) return null;
  return (
    <section>
      <h2>What the agents did</h2>
      {done.map((repair) => (
        <RemediationCard key={repair.remediationId} repair={repair} onDecided={refresh} />
      ))}
    </section>
  );
}

/** The last hour in figures, once a minute. */
function Figures() {
  const fleet = usePolled<Fleet>('/api/fleet', 60_000);
  const rows = fleet.body?.rows;
  if (fleet.problem || rows?.length === 0) return null;
  if (rows === undefined) return <p class="faint">Summing up the last hour…</p>;
  const sum = (figure: (row: Fleet['rows'][number]) => number): number =>
    rows.reduce((total, row) => total + figure(row), 0);
  const known = rows.filter(({ completenessPct }) => completenessPct !== null);
  const worst = known.reduce((least, { completenessPct }) => Math.min(least, completenessPct ?? 100), 100);
  const calls = sum(({ invocations }) => invocations);
  const failures = sum((row) => row.failures);
  return (
    <section>
      <h2>The last hour</h2>
      <dl class="figures">
        <Figure name="calls" value={count(calls)} />
        <Figure name="failed" value={count(failures)} note={calls > 0 ? percent((100 * failures) / calls) : ''} />
        <Figure name="cold starts" value={count(sum(({ coldStarts }) => coldStarts))} />
        <Figure name="cost of the functions" value={usd(sum(({ costUsd }) => costUsd))} />
        <Figure name="audited, least of any" value={known.length === 0 ? 'not measured' : percent(worst)} />
      </dl>
      <p class="faint">
        of {rows.length} functions{fleet.body?.cursor !== undefined && ', the first of more'} ·{' '}
        <a href={linkTo('functions')}>each of them</a>
      </p>
    </section>
  );
}

/** What it costs: today, this month, and Lamplighter itself. Nothing where nobody forecasts. */
function Costs() {
  const { body } = usePolled<CostTotals>('/api/costs', 60_000);
  if (body === undefined || body.monthUsd === 0) return null;
  return (
    <section>
      <h2>Cost</h2>
      <dl class="figures">
        <Figure name="today so far" value={usd(body.todaySoFarUsd)} />
        <Figure name="today, forecast" value={usd(body.todayUsd)} />
        <Figure name="month end, forecast" value={usd(body.monthUsd)} />
        {body.lamplighterMonthUsd !== null && (
          <Figure name="Lamplighter itself, this month" value={usd(body.lamplighterMonthUsd)} />
        )}
      </dl>
      <p class="faint">
        <a href={linkTo('forecasts')}>by function, with the forecasts</a>
      </p>
    </section>
  );
}

const Figure = ({ name, value, note }: { readonly name: string; readonly value: string; readonly note?: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {value} {note && <span class="faint">{note}</span>}
    </dd>
  </div>
);

const Services = ({ now }: { readonly now: Now }) => (
  <section>
    <h2>Lamplighter itself</h2>
    <ul class="row plain">
      {now.services.map(({ service, state, reason }) => (
        <li key={service} title={reason}>
          <StateBadge state={state} /> {service}
        </li>
      ))}
      {now.isKilled === true && (
        <li>
          <a href={linkTo('guardrails')}>kill switch is on: nothing is repaired</a>
        </li>
      )}
    </ul>
    {now.services.flatMap(({ service, reason }) =>
      reason === undefined
        ? []
        : [
            <p key={service} class="faint">
              <Text value={reason} />
            </p>,
          ],
    )}
  </section>
);
