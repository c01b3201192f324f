import { costOfInvocation } from '@lamplighter/pricing';
import type { StoredAttempt } from './stored-attempt.ts';

/**
 * USD of one attempt by list price, on demand: its request and its GB-seconds. Neither its lines nor platform events tell the architecture, so the dearer
 * x86_64 is taken: GB-seconds on arm64 cost a fifth less. Nor do they tell of provisioned environments, which are priced otherwise.
 * Undefined where the log did not say what was billed.
 *
 * It stays so in what is stored: a figure that changed with what was known would make two kinds of windows of one function. Whoever shows a price asks the
 * prediction service, which reads each function's architecture for its limits anyway, and takes `costAsRun` of packages/pricing.
 */
export function costOfAttempt(attempt: Pick<StoredAttempt, 'billedDurationMs' | 'memorySizeMb'>): number | undefined {
  const { billedDurationMs, memorySizeMb } = attempt;
  if (billedDurationMs === undefined || memorySizeMb === undefined) return undefined;
  return costOfInvocation({ billedDurationMs, memorySizeMb, architecture: 'x86_64' });
}
