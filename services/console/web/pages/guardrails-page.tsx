import { useState } from 'preact/hooks';
import type { Guardrails } from '../../src/api/get-guardrails.ts';
import { usePolled } from '../live/use-polled.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Loaded } from '../parts/notes.tsx';
import { Lines } from '../text/text.tsx';

/** What the agents may do, and the switch that stops them all. */
export function GuardrailsPage() {
  const answer = usePolled<Guardrails>('/api/guardrails', 5_000);
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <h1>Guardrails</h1>
      <Loaded of={answer}>
        {({ isKilled, config }) => (
          <>
            <section class={`item ${isKilled ? 'critical' : ''}`}>
              <h2>Kill switch</h2>
              <p>
                {isKilled
                  ? 'On: nothing is repaired, whatever is found.'
                  : 'Off: repairs run within the guardrails below.'}
              </p>
              <button type="button" class={isKilled ? 'primary' : 'danger'} onClick={() => setAsked(true)}>
                {isKilled ? 'Let the agents work again…' : 'Stop all repairs…'}
              </button>
              {isAsked && (
                <Confirm
                  title={isKilled ? 'Let the agents work again?' : 'Stop all repairs?'}
                  yes={isKilled ? 'Turn the switch off' : 'Stop them'}
                  {...(isKilled ? {} : { tone: 'danger' as const })}
                  path="/api/kill-switch"
                  what={{ isOn: !isKilled }}
                  onEnd={(isDone) => {
                    setAsked(false);
                    if (isDone) answer.refresh();
                  }}
                >
                  <p>
                    {isKilled
                      ? 'Repairs that are proposed from now on may run, within the guardrails.'
                      : 'No new repair begins. What is being applied or verified at this moment still ends, or is rolled back.'}
                  </p>
                </Confirm>
              )}
            </section>
            <section>
              <h2>In force</h2>
              <p class="faint">Kept in the remediation service’s SSM parameter; changed there, with a review.</p>
              <Lines value={JSON.stringify(config, undefined, 2) ?? ''} />
            </section>
          </>
        )}
      </Loaded>
    </>
  );
}
