import type { Alert } from '@lamplighter/contracts';
import { serverNow } from '../live/api-client.ts';
import { linkTo } from '../live/route.ts';
import { ago } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';
import { ActButton } from './act-button.tsx';
import { SeverityBadge, StateBadge, When } from './badges.tsx';

/** An alert: what, who was told and whether it arrived, and what one can answer. */
export const AlertCard = ({ alert, onAnswered }: { readonly alert: Alert; readonly onAnswered: () => void }) => (
  <article class={`item ${alert.state === 'open' ? alert.severity : 'over'}`}>
    <div class="row">
      <SeverityBadge severity={alert.severity} />
      <StateBadge state={alert.state} />
      <a class="title" data-item href={linkTo('alert', { id: alert.alertId })}>
        <Text value={alert.title} />
      </a>
    </div>
    <p>
      <Text value={alert.text} />
    </p>
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
      {alert.deliveries.length > 0 && ` · ${deliveriesIn(alert)}`}
    </p>
    {alert.state !== 'closed' && <Answers alert={alert} onAnswered={onAnswered} />}
  </article>
);

const Answers = ({
  alert: { alertId, state },
  onAnswered,
}: {
  readonly alert: Alert;
  readonly onAnswered: () => void;
}) => (
  <div class="row">
    {state !== 'acknowledged' && (
      <ActButton
        path="/api/answer"
        what={{ alertId, answer: 'acknowledge' }}
        label="Acknowledge"
        class="primary"
        isFirst
        onDone={onAnswered}
      />
    )}
    <ActButton
      path="/api/answer"
      what={{ alertId, answer: 'snooze', minutes: 60 }}
      label="Snooze 1 h"
      onDone={onAnswered}
    />
    <ActButton path="/api/answer" what={{ alertId, answer: 'close' }} label="Close" onDone={onAnswered} />
  </div>
);

function deliveriesIn({ deliveries }: Alert): string {
  const arrived = deliveries.filter(({ state }) => state === 'delivered').length;
  return arrived === deliveries.length ? `told ${arrived}` : `${arrived} of ${deliveries.length} messages arrived`;
}
