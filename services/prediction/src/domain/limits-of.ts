import type { WatchedLimit } from '@lamplighter/prediction';

/** What Lambda says of a function or an account; what it does not say is absent. */
export interface Settings {
  readonly timeoutMs?: number;
  /** A function's own concurrency. */
  readonly reservedConcurrency?: number;
  /** What the functions of an account without a reservation share. */
  readonly unreservedConcurrency?: number;
}

/** The limits that follow from settings. A reservation of 0 switches a function off on purpose. */
export function limitsOf({ timeoutMs, reservedConcurrency, unreservedConcurrency }: Settings): WatchedLimit[] {
  const environments = { unit: 'environments', of: 'concurrency' } as const;
  const limits: WatchedLimit[] = [];
  if (unreservedConcurrency !== undefined && unreservedConcurrency > 0)
    limits.push({
      kind: 'account-concurrency',
      name: 'Unreserved concurrent executions',
      value: unreservedConcurrency,
      ...environments,
    });
  if (reservedConcurrency !== undefined && reservedConcurrency > 0)
    limits.push({
      kind: 'reserved-concurrency',
      name: 'Reserved concurrency',
      value: reservedConcurrency,
      ...environments,
    });
  if (timeoutMs !== undefined && timeoutMs > 0)
    limits.push({ kind: 'timeout', name: 'Timeout', value: timeoutMs, unit: 'milliseconds', of: 'max-duration' });
  return limits;
}
