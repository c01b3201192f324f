import type { InvocationItem } from '../invocation-item.ts';
import type { StoredAttempt } from '../stored-attempt.ts';

/** An attempt and whose it is: what windows are summed from. */
export interface AttemptOfRequest {
  readonly requestId: string;
  readonly attempt: StoredAttempt;
}

/**
 * The attempts of items, of each item once however often an index shows it, in an order of their own: sums of floating-point figures do not
 * depend on how they were read.
 */
export function attemptsOf(items: readonly InvocationItem[]): AttemptOfRequest[] {
  const distinct = [...new Map(items.map((item) => [item.pk, item])).values()];
  return distinct
    .sort((a, b) => (a.pk < b.pk ? -1 : 1))
    .flatMap((item) => item.attempts.map((attempt) => ({ requestId: item.pk, attempt })));
}
