import { type Dispatch, type StateUpdater, useRef, useState } from 'preact/hooks';
import { keptHere } from './visits.ts';

/** State that is there again when somebody goes back to where it was: what a list had loaded, what was chosen. Names are one place's own. */
export function useKept<Value>(name: string, initial: Value): [Value, Dispatch<StateUpdater<Value>>] {
  const kept = useRef(keptHere()).current;
  const [value, setValue] = useState<Value>(() => (kept.has(name) ? (kept.get(name) as Value) : initial));
  kept.set(name, value);
  return [value, setValue];
}
