import type { WatchedFunction } from '@lamplighter/contracts';

/** What a watched function is known by; in this order functions are listed. */
export const functionId = ({ accountId, region, functionName }: Omit<WatchedFunction, 'logGroup'>): string =>
  `${accountId}:${region}:${functionName}`;
