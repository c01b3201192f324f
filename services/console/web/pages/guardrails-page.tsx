import { useState } from 'preact/hooks';
import type { Guardrails } from '../../src/api/get-guardrails.ts';
import { usePolled } from '../live/use-polled.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Loaded } from '../parts/notes.tsx';
import { Lines } from '../text/text.tsx';

/** What the agents may do, and the switch that stops them all. */
export function GuardrailsPage() {
  const answer = usePolled<Guardrails>('/api/guardrails', 5_000);
  return (
    <>
      <h1>Guardrails</h1>
      <Loaded of={answer}>
        {({ isKilled, config }) => (
          <>
            <KillSwitch isKilled={isKilled} onTurned={answer.refresh} />
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

const ON = {
  state: 'On: nothing is repaired, whatever is found.',
  button: 'Let the agents work again…',
  title: 'Let the agents work again?',
  yes: 'Turn the switch off',
  meaning: 'Repairs that are proposed from now on may run, within the guardrails.',
  look: 'primary',
} as const;

const OFF = {
  state: 'Off: repairs run within the guardrails below.',
  button: 'Stop all repairs…',
  title: 'Stop all repairs?',
  yes: 'Stop them',
  meaning: 'No new repair begins. What is being applied or verified at this moment still ends, or is rolled back.',
  look: 'danger',
} as const;

function KillSwitch({ isKilled, onTurned }: { readonly isKilled: boolean; readonly onTurned: () => void }) {
  const [isAsked, setAsked] = useState(false);
  const { state, button, title, yes, meaning, look } = isKilled ? ON : OFF;
  const onEnd = (isDone: boolean): void => {
    setAsked(false);
    if (isDone) onTurned();
  };
  return (
    <section class={`item ${isKilled ? 'critical' : ''}`}>
      <h2>Kill switch</h2>
      <p>{state}</p>
      <button type="button" class={look} onClick={() => setAsked(true)}>
        {button}
      </button>
      {isAsked && (
        <Confirm title={title} yes={yes} look={look} path="/api/kill-switch" what={{ isOn: !isKilled }} onEnd={onEnd}>
          <p>{meaning}</p>
        </Confirm>
      )}
    </section>
  );
}
