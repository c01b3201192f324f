import type { Now } from '../../../src/api/get-now.ts';
import type { Polled } from '../../live/use-polled.ts';
import { BreachCard } from '../../parts/breach-card.tsx';
import { Loaded } from '../../parts/notes.tsx';
import { RemediationCard } from '../../parts/remediation-card.tsx';
import { Costs, Figures } from './figures.tsx';
import type { LookProps } from './look-props.ts';
import { OpenFindings, OtherAlerts } from './open-findings.tsx';
import { Services } from './services.tsx';
import { Verdict } from './verdict.tsx';

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

/** Limits that will be hit, the next one first. */
function Ahead({ now }: Pick<LookProps, 'now'>) {
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
