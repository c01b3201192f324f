import type { Alert } from '@lamplighter/contracts';
import type { AlertList } from '../../src/api/get-alerts.ts';
import { linkTo } from '../live/route.ts';
import { usePolled } from '../live/use-polled.ts';
import { AlertCard } from '../parts/alert-card.tsx';
import { StateBadge, When } from '../parts/badges.tsx';
import { Empty, Loaded } from '../parts/notes.tsx';
import { Text } from '../text/text.tsx';

/** Who has to know, and do they. */
export function AlertsPage() {
  const list = usePolled<AlertList>('/api/alerts?limit=100', 5_000);
  return (
    <>
      <h1>Alerts</h1>
      <Loaded of={list}>
        {({ alerts, onCall }) => (
          <>
            {onCall.length > 0 && (
              <p>
                On call now:{' '}
                {onCall.map(({ rota, person }) => (
                  <span key={rota}>
                    <Text value={person} /> <span class="faint">({rota})</span>{' '}
                  </span>
                ))}
              </p>
            )}
            {alerts.length === 0 && (
              <Empty title="Nobody had to be told anything.">The daily synthetic alert shows here once it ran.</Empty>
            )}
            {alerts.map((alert) => (
              <AlertCard key={alert.alertId} alert={alert} onAnswered={list.refresh} />
            ))}
          </>
        )}
      </Loaded>
    </>
  );
}

/** One alert, with each message that was sent. */
export function AlertPage({ id }: { readonly id: string }) {
  const answer = usePolled<{ alert: Alert }>(`/api/alert?id=${encodeURIComponent(id)}`, 3_000);
  return (
    <Loaded of={answer} title="Alert">
      {({ alert }) => (
        <>
          <h1>
            <Text value={alert.title} />
          </h1>
          <AlertCard alert={alert} onAnswered={answer.refresh} />
          {alert.subject.kind === 'finding' && (
            <a href={linkTo('finding', { id: alert.subject.id })}>The finding behind it</a>
          )}
          {alert.subject.kind === 'remediation' && (
            <a href={linkTo('remediation', { id: alert.subject.id })}>The repair behind it</a>
          )}
          <section>
            <h2>Who was told</h2>
            {alert.deliveries.length === 0 && <Empty title="Nobody yet." />}
            <ul>
              {alert.deliveries.map(({ channel, recipient, state, attempts, at, reason }) => (
                <li key={`${channel} ${recipient} ${at}`}>
                  <StateBadge state={state} /> <Text value={recipient} /> by <Text value={channel} /> <When at={at} />
                  {attempts > 1 && ` · ${attempts} attempts`}
                  {reason && (
                    <span class="broken">
                      {' '}
                      <Text value={reason} />
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
    </Loaded>
  );
}
