import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiProblem, post } from '../live/api-client.ts';
import { Text } from '../text/text.tsx';
import { announce } from './announcements.tsx';
import { focusAfter } from './keep-focus.ts';

export interface ConfirmProps {
  readonly title: string;
  /** What is going to happen; read before anything is pressed. */
  readonly children: ComponentChildren;
  readonly yes: string;
  readonly look?: 'primary' | 'danger';
  readonly path: string;
  readonly what: object;
  /** What is said once it worked. */
  readonly done: string;
  /** Why there is nothing to be done any more. */
  readonly over?: string;
  /** Called with the answer when it is done, and without one when it is let go. */
  readonly onEnd: (answer?: unknown) => void;
}

/** Asks before something is done that others will feel, does it, and says how it went. */
export function Confirm({ title, children, yes, look = 'primary', path, what, done, over, onEnd }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const isDone = useRef(false);
  const opener = useRef(document.activeElement).current;
  useEffect(() => dialog.current?.showModal(), []);
  const act = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const answer = await post(path, what);
      // While it is open, nothing behind it can take the focus.
      isDone.current = true;
      dialog.current?.close();
      focusAfter(opener);
      announce(done);
      onEnd(answer);
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <dialog ref={dialog} aria-labelledby="confirm-title" onClose={() => isDone.current || onEnd()}>
      <h2 id="confirm-title">{title}</h2>
      {children}
      {over !== undefined && (
        <p class="note" role="alert">
          {over}
        </p>
      )}
      {problem !== undefined && (
        <p class="note broken" role="alert">
          <Text value={problem} />
        </p>
      )}
      <div class="row end">
        <button type="button" disabled={isBusy} onClick={() => dialog.current?.close()}>
          Cancel
        </button>
        <button type="button" class={look} disabled={isBusy || over !== undefined} onClick={act}>
          {isBusy ? 'Working…' : yes}
        </button>
      </div>
    </dialog>
  );
}
