import type { Fleet } from '../../../src/api/get-fleet.ts';
import type { Now } from '../../../src/api/get-now.ts';
import { linkTo } from '../../live/route.ts';
import { type Polled, usePolled } from '../../live/use-polled.ts';
import { BreachCard } from '../../parts/breach-card.tsx';
import { Loaded } from '../../parts/notes.tsx';
import { RemediationCard } from '../../parts/remediation-card.tsx';
import { count } from '../../text/say-figures.ts';
import { Costs } from './costs.tsx';
import { Figures } from './figures.tsx';
import type { LookProps } from './look-props.ts';
import { OpenFindings, OtherAlerts } from './open-findings.tsx';
import { Outlook } from './outlook.tsx';
import { Services } from './services.tsx';
import { Verdict } from './verdict.tsx';

/** Everything in one look: what waits for you first, then what is wrong, then what is well. */
export function NowPage({ now }: { readonly now: Polled<Now> }) {
  const fleet = usePolled<Fleet>('/api/fleet', 60_000);
  const isShown = now.body !== undefined;
  return (
    <>
      <Loaded of={now} title="Now">
        {(body) => (
          <>
            <Verdict now={body} fleet={fleet.body} oldSince={now.isLive ? undefined : now.answeredAt} />
            <Waiting now={body} refresh={now.refresh} />
            <OpenFindings now={body} refresh={now.refresh} />
            <OtherAlerts now={body} refresh={now.refresh} />
            <Ahead now={body} />
            <Done now={body} refresh={now.refresh} />
            {fleet.problem?.code !== 'NOT_DEPLOYED' && <Figures fleet={fleet} />}
          </>
        )}
      </Loaded>
      <Outlook isShown={isShown} />
      <Costs isShown={isShown} />
      {now.body && <Services now={now.body} />}
    </>
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

const MOST_AHEAD = 5;
const MOST_DONE = 5;

/** Limits that will be hit, the next one first. */
function Ahead({ now }: Pick<LookProps, 'now'>) {
  if (now.breaches.length === 0) return null;
  const soonest = now.breaches.toSorted((a, b) => (a.expectedAt ?? Infinity) - (b.expectedAt ?? Infinity));
  return (
    <section>
      <h2>What is coming</h2>
      {soonest.slice(0, MOST_AHEAD).map((breach) => (
        <BreachCard key={breach.breachId} breach={breach} />
      ))}
      {soonest.length > MOST_AHEAD && (
        <a href={linkTo('forecasts')}>{count(soonest.length - MOST_AHEAD)} more limits ahead</a>
      )}
    </section>
  );
}

function Done({ now, refresh }: LookProps) {
  if (now.remediations.length === 0) return null;
  return (
    <section>
      <h2>What the agents did</h2>
      {now.remediations.slice(0, MOST_DONE).map((repair) => (
        <RemediationCard key={repair.remediationId} repair={repair} onDecided={refresh} />
      ))}
      {now.remediations.length > MOST_DONE && <a href={linkTo('remediations')}>All repairs</a>}
    </section>
  );
}
