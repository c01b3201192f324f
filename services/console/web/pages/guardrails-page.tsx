import { useState } from 'preact/hooks';
import type { Guardrails } from '../../src/api/get-guardrails.ts';
import { usePolled } from '../live/use-polled.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Heading } from '../parts/heading.tsx';
import { Loaded } from '../parts/notes.tsx';
import { Lines } from '../text/text.tsx';

/** What the agents may do, and the switch that stops them all. */
export function GuardrailsPage() {
  const answer = usePolled<Guardrails>('/api/guardrails', 5_000);
  return (
    <>
      <Heading>Guardrails</Heading>
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

/** Of each position of the switch: what it means, and the question that turns it there. */
const POSITIONS = {
  on: {
    state: 'On: nothing is repaired, whatever is found.',
    button: 'Stop all repairs…',
    title: 'Stop all repairs?',
    yes: 'Stop them',
    meaning: 'No new repair begins. What is being applied or verified at this moment still ends, or is rolled back.',
    already: 'It is on already: somebody else turned it.',
    done: 'The kill switch is on.',
    look: 'danger',
  },
  off: {
    state: 'Off: repairs run within the guardrails below.',
    button: 'Let the agents work again…',
    title: 'Let the agents work again?',
    yes: 'Turn the switch off',
    meaning: 'Repairs that are proposed from now on may run, within the guardrails.',
    already: 'It is off already: somebody else turned it.',
    done: 'The kill switch is off.',
    look: 'primary',
  },
} as const;
type Position = keyof typeof POSITIONS;

/** A question that is open stays the one that was asked, however others turn the switch meanwhile. */
function KillSwitch({ isKilled, onTurned }: { readonly isKilled: boolean; readonly onTurned: () => void }) {
  const [wanted, setWanted] = useState<Position>();
  const [position, other] = isKilled ? (['on', 'off'] as const) : (['off', 'on'] as const);
  const onEnd = (answer?: unknown): void => {
    setWanted(undefined);
    if (answer !== undefined) onTurned();
  };
  return (
    <section class={`item ${isKilled ? 'critical' : ''}`}>
      <h2>Kill switch</h2>
      <p>{POSITIONS[position].state}</p>
      <button type="button" class={POSITIONS[other].look} onClick={() => setWanted(other)}>
        {POSITIONS[other].button}
      </button>
      {wanted && <Turn to={wanted} isThere={wanted === position} onEnd={onEnd} />}
    </section>
  );
}

interface TurnProps {
  readonly to: Position;
  readonly isThere: boolean;
  readonly onEnd: (answer?: unknown) => void;
}

function Turn({ to, isThere, onEnd }: TurnProps) {
  const { title, yes, look, meaning, already, done } = POSITIONS[to];
  const what = { isOn: to === 'on' };
  return (
    <Confirm title={title} yes={yes} look={look} path="/api/kill-switch" what={what} done={done} onEnd={onEnd}>
      <p>{meaning}</p>
      {isThere && (
        <p class="note" role="alert">
          {already}
        </p>
      )}
    </Confirm>
  );
}
