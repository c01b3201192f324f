import type { ComponentChildren } from 'preact';
import { serverNow } from '../live/api-client.ts';
import type { ShownTime } from '../live/function-address.ts';
import { announce } from '../parts/announcements.tsx';
import { ago, utc } from '../text/say-figures.ts';
import { type ShownUntil, stepsFrom } from './shown-time.ts';

interface FunctionTimeProps {
  readonly shown: ShownUntil;
  readonly hours: number;
  readonly onHours: (hours: number) => void;
  /** The address of a time of this function. */
  readonly addressOf: (time: ShownTime) => string;
}

/** Which time a function's page shows, and the ways to others: longer, earlier, later, now. */
export function FunctionTime({ shown, hours, onHours, addressOf }: FunctionTimeProps) {
  const { earlier, later } = stepsFrom(shown.kind === 'past' ? shown.until : undefined, hours, serverNow());
  return (
    <>
      <div class="row">
        <fieldset class="row" aria-label="Length of time">
          {[1, 6, 24].map((each) => (
            <button key={each} type="button" aria-pressed={each === hours} onClick={() => onHours(each)}>
              {each} h
            </button>
          ))}
        </fieldset>
        <fieldset class="row" aria-label="Earlier and later">
          {shown.kind !== 'unreadable' && (
            <TimeLink id="earlier" address={addressOf({ hours, until: earlier })} until={earlier}>
              ← {hours} h earlier
            </TimeLink>
          )}
          {typeof later === 'number' && (
            <TimeLink id="later" address={addressOf({ hours, until: later })} until={later}>
              {hours} h later →
            </TimeLink>
          )}
          {shown.kind !== 'now' && (
            <TimeLink id="to-now" address={addressOf({ hours })}>
              Back to now
            </TimeLink>
          )}
        </fieldset>
      </div>
      {shown.kind === 'past' && (
        <p>
          <strong>until {utc(shown.until)}</strong>
          <span class="faint">, {ago(shown.until, serverNow())}: a time of the past, not live</span>
        </p>
      )}
    </>
  );
}

interface TimeLinkProps {
  readonly id: string;
  readonly address: string;
  /** Absent where it leads to now. */
  readonly until?: number;
  readonly children: ComponentChildren;
}

/** Leads to another time, says which, and keeps the focus, so that it can be pressed again. */
const TimeLink = ({ id, address, until, children }: TimeLinkProps) => (
  <a
    class="button"
    id={id}
    data-stays
    href={address}
    onClick={() => announce(`Shown until ${until === undefined ? 'now' : utc(until)}.`)}
  >
    {children}
  </a>
);
