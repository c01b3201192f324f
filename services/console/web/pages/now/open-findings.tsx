import { linkTo } from '../../live/route.ts';
import { AlertCard } from '../../parts/alert-card.tsx';
import { FindingRow } from '../../parts/finding-row.tsx';
import { Empty } from '../../parts/notes.tsx';
import { count } from '../../text/say-figures.ts';
import type { LookProps } from './look-props.ts';

/** What is wrong, each with the alert that it raised. */
export const OpenFindings = ({ now, refresh }: LookProps) => (
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
export function OtherAlerts({ now, refresh }: LookProps) {
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

function NoFindings({ now }: Pick<LookProps, 'now'>) {
  const analysis = now.services.find(({ service }) => service === 'analysis');
  if (analysis?.state === 'up') return <Empty title="Nothing is wrong that Lamplighter knows of." />;
  return (
    <Empty title="Nobody is looking for faults.">
      The analysis service {analysis?.state === 'failed' ? 'does not answer' : 'is not deployed'}.
    </Empty>
  );
}
