import type { Alert } from '@lamplighter/contracts';
import type { AlertList } from '../../src/api/get-alerts.ts';
import { linkTo } from '../live/route.ts';
import { usePages } from '../live/use-pages.ts';
import { usePolled } from '../live/use-polled.ts';
import { AlertCard } from '../parts/alert-card.tsx';
import { StateBadge, When } from '../parts/badges.tsx';
import { Heading } from '../parts/heading.tsx';
import { Empty, Loaded } from '../parts/notes.tsx';
import { MoreButton, PageNotes } from '../parts/page-notes.tsx';
import { Text } from '../text/text.tsx';

/** Who has to know, and do they. */
export function AlertsPage() {
  const list = usePages('/api/alerts?limit=100', { everyMs: 5_000, pageOf, keyOf });
  return (
    <>
      <Heading>Alerts</Heading>
      <Loaded of={list.newest}>
        {({ alerts, onCall, silences }) => (
          <>
            {onCall.length > 0 && (
              <p>
                On call now:{' '}
                {onCall.map(({ rota, person }) => (
                  <span key={rota}>
                    <Text value={person} />{' '}
                    <span class="faint">
                      (<Text value={rota} />)
                    </span>{' '}
                  </span>
                ))}
              </p>
            )}
            {silences.map(({ about, until, because }) => (
              <p key={`${about} ${until}`}>
                Silenced until <When at={until} />: <Text value={about} />{' '}
                <span class="faint">
                  (<Text value={because} />)
                </span>
              </p>
            ))}
            {alerts.length === 0 && (
              <Empty title="Nobody had to be told anything.">The daily synthetic alert shows here once it ran.</Empty>
            )}
            <PageNotes of={list} />
            {list.items.map((alert) => (
              <AlertCard key={alert.alertId} alert={alert} onAnswered={list.renew} />
            ))}
            <MoreButton of={list} />
          </>
        )}
      </Loaded>
    </>
  );
}

const pageOf = ({ alerts, ...rest }: AlertList) => ({ items: alerts, ...rest });

const keyOf = ({ alertId }: Alert): string => alertId;

/** One alert, with each message that was sent. */
export function AlertPage({ id }: { readonly id: string }) {
  const answer = usePolled<{ alert: Alert }>(`/api/alert?id=${encodeURIComponent(id)}`, 3_000);
  return (
    <Loaded of={answer} title="Alert">
      {({ alert }) => (
        <>
          <Heading>
            <Text value={alert.title} />
          </Heading>
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
              {alert.deliveries.map(({ channel, recipient, state, attempts, at, firstAt = at, reason }) => (
                <li key={`${channel} ${recipient} ${at}`}>
                  <StateBadge state={state} /> <Text value={recipient} /> by <Text value={channel} />{' '}
                  <When at={firstAt} />
                  {at - firstAt >= 60_000 && (
                    <>
                      , newest <When at={at} />
                    </>
                  )}
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
          <History of={alert} />
        </>
      )}
    </Loaded>
  );
}

const CHANGES = {
  opened: 'opened',
  worse: 'became worse',
  escalated: 'went to the next step',
  acknowledged: 'taken on',
  snoozed: 'put off',
  closed: 'closed',
} as const;

/** What became of it, and whose word that was: for whoever looks back. */
function History({ of: { history = [] } }: { readonly of: Alert }) {
  if (history.length < 2) return null;
  return (
    <section>
      <h2>What became of it</h2>
      <ol>
        {history.map(({ at, change, by }) => (
          <li key={`${at} ${change}`}>
            <When at={at} /> {CHANGES[change]}
            {by && (
              <>
                {' '}
                by <Text value={by} />
              </>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
