import type { Alert } from '@lamplighter/contracts';
import { serverNow } from '../live/api-client.ts';
import { linkTo } from '../live/route.ts';
import { ago } from '../text/say-figures.ts';
import { Paragraph, Text } from '../text/text.tsx';
import { Answers } from './alert-answers.tsx';
import { SeverityBadge, StateBadge, When } from './badges.tsx';

interface AlertCardProps {
  readonly alert: Alert;
  readonly onAnswered: (alert: Alert) => void;
  /** The first lines of the text only. */
  readonly isShort?: boolean;
}

/** An alert: what, who was told and whether it arrived, and what one can answer. */
export const AlertCard = ({ alert, onAnswered, isShort = false }: AlertCardProps) => (
  <article class={`item ${alert.state === 'open' ? alert.severity : 'over'}`}>
    <div class="row">
      <SeverityBadge severity={alert.severity} />
      <StateBadge state={alert.state} />
      <a class="title" data-item href={linkTo('alert', { id: alert.alertId })}>
        <Text value={alert.title} />
      </a>
    </div>
    <div class={isShort ? 'clamped' : undefined}>
      <Paragraph value={alert.text} />
    </div>
    {!isShort && <Members alert={alert} />}
    <p class="faint">
      opened <When at={alert.openedAt} />
      {alert.occurrences > 1 && ` · ${alert.occurrences} times`}
      {alert.acknowledgedBy && (
        <>
          {' '}
          · taken on by <Text value={alert.acknowledgedBy} />
        </>
      )}
      {alert.state === 'snoozed' &&
        alert.snoozedUntil !== undefined &&
        ` · put off, back ${ago(alert.snoozedUntil, serverNow())}`}
      {alert.deliveries.length > 0 && <Deliveries alert={alert} />}
    </p>
    {alert.state !== 'closed' && <Answers alert={alert} onAnswered={onAnswered} />}
  </article>
);

/** What an alert of several is about, each with its own time. */
function Members({ alert: { members = [] } }: { readonly alert: Alert }) {
  if (members.length < 2) return null;
  return (
    <ul>
      {members.map(({ subjectId, title, since, isOver }) => (
        <li key={subjectId}>
          <Text value={title} />{' '}
          <span class="faint">
            since <When at={since} />
            {isOver && ', over'}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Whether anybody was reached: an alert that reached nobody is the worst of them. */
function Deliveries({ alert: { deliveries } }: { readonly alert: Alert }) {
  const arrived = deliveries.filter(({ state }) => state === 'delivered').length;
  const isLost = arrived === 0 && deliveries.every(({ state }) => state !== 'pending');
  if (isLost) return <span class="broken"> · no message arrived</span>;
  return (
    <> · {arrived === deliveries.length ? `told ${arrived}` : `${arrived} of ${deliveries.length} messages arrived`}</>
  );
}
