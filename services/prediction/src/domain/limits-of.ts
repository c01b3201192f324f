import type { StoredSample, WatchedLimit } from '@lamplighter/prediction';

/** What Lambda says of a function or an account; what it does not say is absent. */
export interface Settings {
  readonly timeoutMs?: number;
  /** A function's own concurrency. */
  readonly reservedConcurrency?: number;
  /** What the functions of an account without a reservation share. */
  readonly unreservedConcurrency?: number;
  /** The account's quota, of which reservations are taken. */
  readonly concurrencyQuota?: number;
  /** Environments that are kept for a function's versions and aliases, used or not. */
  readonly provisionedConcurrency?: number;
  /** The CloudFormation stack of a function. */
  readonly stack?: string;
  readonly architecture?: 'x86_64' | 'arm64';
  /** When another architecture than before was read, epoch milliseconds; absent where there was never another. */
  readonly architectureSince?: number;
  readonly memoryMb?: number;
  /** Bytes of code of all functions and versions of an account, and how much there may be. */
  readonly codeBytes?: number;
  readonly codeBytesLimit?: number;
}

/** What is known beside settings. */
export interface LimitContext {
  /** USD; of an account. */
  readonly monthlyBudgetUsd?: number;
  readonly codeSamples?: readonly StoredSample[];
}

/** The limits that follow from settings. A reservation of 0 switches a function off on purpose. */
export function limitsOf(
  settings: Settings,
  { monthlyBudgetUsd, codeSamples = [] }: LimitContext = {},
): WatchedLimit[] {
  const { timeoutMs, reservedConcurrency, unreservedConcurrency, concurrencyQuota, codeBytesLimit } = settings;
  const environments = { unit: 'environments', of: 'concurrency' } as const;
  const limits: WatchedLimit[] = [];
  if (unreservedConcurrency !== undefined && unreservedConcurrency > 0)
    limits.push({
      kind: 'account-concurrency',
      name: 'Unreserved concurrent executions',
      value: unreservedConcurrency,
      ...environments,
      ...(concurrencyQuota !== undefined && { quota: concurrencyQuota }),
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
  if (codeBytesLimit !== undefined && codeBytesLimit > 0)
    limits.push({
      kind: 'storage',
      name: 'Code storage of Lambda',
      value: codeBytesLimit,
      unit: 'bytes',
      of: 'stored',
      samples: codeSamples,
    });
  if (monthlyBudgetUsd !== undefined)
    limits.push({
      kind: 'budget',
      name: 'Budget of the month',
      value: monthlyBudgetUsd,
      unit: 'USD',
      of: 'month-cost',
    });
  return limits;
}
