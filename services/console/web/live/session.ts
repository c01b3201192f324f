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

/** The same, as it changes. */
export function useSessionOver(): boolean {
  const [isOver, setOver] = useState(hasEnded);
  useEffect(() => {
    listeners.add(setOver);
    return () => void listeners.delete(setOver);
  }, []);
  return isOver;
}
