import { costOfInvocation } from '@lamplighter/pricing';
import type { StoredAttempt } from './stored-attempt.ts';

/**
 * USD of one attempt by list price: its request and its GB-seconds. A log does not tell the architecture, so the dearer x86_64 is taken:
 * an arm64 function costs a fifth less. Undefined where the log did not say what was billed.
 */
export function costOfAttempt(attempt: Pick<StoredAttempt, 'billedDurationMs' | 'memorySizeMb'>): number | undefined {
  const { billedDurationMs, memorySizeMb } = attempt;
  if (billedDurationMs === undefined || memorySizeMb === undefined) return undefined;
  return costOfInvocation({ billedDurationMs, memorySizeMb, architecture: 'x86_64' });
}
