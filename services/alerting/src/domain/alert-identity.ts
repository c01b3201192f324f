import { createHash } from 'node:crypto';
import type { AlertSignal } from './alert-signal.ts';

/** The same signal, delivered again, opens the same alert. Fits the name of an execution: at most 80 of A-Z, a-z, 0-9, - and _. */
export function alertIdOf({ groupKey, subject, revision, at }: AlertSignal): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([groupKey, subject.id, revision, at]))
    .digest('hex');
  return `${Math.max(0, Math.trunc(at))}-${hash.slice(0, 16)}`;
}
