import { useEffect, useState } from 'preact/hooks';

let hasEnded = false;
const listeners = new Set<(hasEnded: boolean) => void>();

/** The sign-in holds no more: the page says so, asks nothing further, and keeps what it shows. */
export function endSession(): void {
  hasEnded = true;
  for (const listener of listeners) listener(true);
}

/** Whether the sign-in has ended. */
export const isSessionOver = (): boolean => hasEnded;

/** Tells at once and from then on: the first answer of the API may come before whoever shows it listens. Gives what ends it. */
export function watchSession(listener: (hasEnded: boolean) => void): () => void {
  listeners.add(listener);
  listener(hasEnded);
  return () => void listeners.delete(listener);
}

/** Whether the sign-in has ended, as it changes. */
export function useSessionOver(): boolean {
  const [isOver, setOver] = useState(hasEnded);
  useEffect(() => watchSession(setOver), []);
  return isOver;
}
