import { useEffect, useRef, useState } from 'preact/hooks';
import { areKeysOn, turnKeys } from './key-switch.ts';
import { KEYS } from './keys.ts';

/** The keys, and the switch that turns them off. */
export function HelpDialog({ onEnd }: { readonly onEnd: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOn, setOn] = useState(areKeysOn);
  const turn = (wanted: boolean): void => {
    turnKeys(wanted);
    setOn(wanted);
  };
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="keys-title" onClose={onEnd}>
      <h2 id="keys-title">Keys</h2>
      <dl class="facts">
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input type="checkbox" checked={isOn} onChange={(event) => turn(event.currentTarget.checked)} />
        Single keys do this. Off, none does; this dialog opens from the foot of each page.
      </label>
      <button type="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}
