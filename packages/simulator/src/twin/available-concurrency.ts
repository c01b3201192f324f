import type { LambdaFunction } from '../lambda/lambda-function.ts';

/**
 * Concurrency that a function may use: what it reserved, or what the others leave of the account's. Reserved concurrency is taken off whether it
 * is used or not, provisioned concurrency as soon as it is there
 * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html).
 */
export function availableConcurrency(
  functions: readonly LambdaFunction[],
  one: LambdaFunction,
  { account, nowMs }: { account: number; nowMs: number },
): number {
  if (one.reserved !== undefined) return Math.min(account, one.reserved);
  let available = account;
  for (const other of functions) {
    if (other.reserved !== undefined) available -= other.reserved;
    else if (other !== one) available -= Math.max(other.inFlight, other.provisioned.ready(nowMs));
  }
  return Math.max(0, available);
}
