import type { Now } from '../../../src/api/get-now.ts';
import { linkTo } from '../../live/route.ts';
import { StateBadge } from '../../parts/badges.tsx';
import { Text } from '../../text/text.tsx';

/** Whether each service answers, and whether the agents are stopped. */
export const Services = ({ now }: { readonly now: Now }) => (
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
