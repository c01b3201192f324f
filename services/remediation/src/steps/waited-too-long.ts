import type { GuardDecision, Refusal } from '@lamplighter/remedies';
import type { StoredRemediation } from '../domain/stored-remediation.ts';

/** Repairs take minutes, stopgaps stay for three hours at most, and every look is an event of an execution that may have 25,000: who has waited so long waits for what does not end. */
export const MOST_WAIT_MS = 4 * 3_600_000;

type Wait = Extract<GuardDecision, { kind: 'wait' }>;

/** Of a repair that waits for another one: the refusal that ends it, once it has waited too long. Waiting writes nothing, so it began with the last change. */
export function waitedTooLong(
  { remediation }: StoredRemediation,
  { reason, until = 0 }: Omit<Wait, 'kind'>,
  now: number,
): Refusal | undefined {
  if (now - remediation.updatedAt < MOST_WAIT_MS) return undefined;
  return {
    rail: 'turn',
    reason: `${reason} It waited ${MOST_WAIT_MS / 3_600_000} hours for its turn.`,
    lift:
      until > now
        ? 'Wait until that is taken back: while its finding is open, the repair is planned again.'
        : 'See what became of the other one; if it ended and its lock, or its row of CHANGES, is left, delete that row of the remediation table.',
  };
}
