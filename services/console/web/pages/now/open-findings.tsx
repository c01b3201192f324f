import { linkTo } from '../../live/route.ts';
import { AlertCard } from '../../parts/alert-card.tsx';
import { FindingRow } from '../../parts/finding-row.tsx';
import { Empty } from '../../parts/notes.tsx';
import { count } from '../../text/say-figures.ts';
import type { LookProps } from './look-props.ts';
import { countOf } from './verdict-of.ts';

/** What is wrong, each with the alert that stands for it. */
export const OpenFindings = ({ now, refresh }: LookProps) => {
  // The newest is told first, and the last that is set stays.
  const repairs = new Map(now.remediations.toReversed().map((repair) => [repair.findingId, repair]));
  const alerts = new Map(now.alerts.map((alert) => [alert.alertId, alert]));
  const isCut = now.openFindings > now.findings.length;
  const all = countOf(now, 'openFindings');
  return (
    <section>
      <h2>
        Open findings <span class="faint">{isCut ? `the worst ${now.findings.length} of ${all}` : all}</span>
      </h2>
      {now.findings.map((finding) => (
        <FindingRow
          key={finding.findingId}
          finding={finding}
          alert={alerts.get(finding.alertId ?? '')}
          onAnswered={refresh}
          repair={repairs.get(finding.findingId)}
        />
      ))}
      {now.openFindings === 0 && <NoFindings now={now} />}
      {isCut && <a href={linkTo('findings')}>All {all}</a>}
      <AlertsElsewhere now={now} />
    </section>
  );
};

/** Where not every alert is told, some findings above cannot be answered beside themselves: where they can. */
function AlertsElsewhere({ now }: Pick<LookProps, 'now'>) {
  const isCut = areAlertsCut(now);
  const unanswered = now.findings.filter(({ alertId }) => alertId === undefined).length;
  if (!isCut || unanswered === 0) return null;
  return (
    <p class="faint">
      {count(unanswered)} of them show no alert here: of {countOf(now, 'openAlerts')} alerts, {now.alerts.length} are
      told at once. <a href={linkTo('alerts')}>The others are answered among all alerts</a>
    </p>
  );
}

const areAlertsCut = ({ openAlerts, alerts, atLeast }: LookProps['now']): boolean =>
  openAlerts > alerts.length || atLeast.includes('openAlerts');

const MOST_OTHERS = 10;

/** Alerts that no finding or waiting repair above stands for; those that somebody took on come last. */
export function OtherAlerts({ now, refresh }: LookProps) {
  const answered = new Set(now.findings.map(({ alertId }) => alertId));
  const waiting = new Set(now.waiting.map(({ remediationId }) => remediationId));
  const others = now.alerts
    .filter(
      ({ alertId, subject }) => !answered.has(alertId) && !(subject.kind === 'remediation' && waiting.has(subject.id)),
    )
    .toSorted((a, b) => Number(a.state !== 'open') - Number(b.state !== 'open'));
  if (others.length === 0) return null;
  const isCut = areAlertsCut(now);
  const all = `${count(others.length)}${isCut ? '+' : ''}`;
  const hasMore = isCut || others.length > MOST_OTHERS;
  return (
    <section>
      <h2>
        Other alerts <span class="faint">{hasMore ? `${Math.min(MOST_OTHERS, others.length)} of ${all}` : all}</span>
      </h2>
      {others.slice(0, MOST_OTHERS).map((alert) => (
        <AlertCard key={alert.alertId} alert={alert} onAnswered={refresh} isShort />
      ))}
      {hasMore && <a href={linkTo('alerts')}>All of them</a>}
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
