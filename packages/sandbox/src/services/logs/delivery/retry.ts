import { ApiError } from '../../../core/service.ts';

/** For how long CloudWatch Logs retries: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Subscriptions.html */
export const RETRY_FOR_MS = 24 * 3_600_000;
/** For how long a filter is disabled after an error that retrying cannot cure; the logs of that time are skipped. Same source. */
export const DISABLED_FOR_MS = 10 * 60_000;

const THROTTLES = /Throttl|TooManyRequests|ProvisionedThroughputExceeded|LimitExceeded|SlowDown/;

export type DeliveryFailure = 'throttled' | 'retryable' | 'oversized' | 'permanent';

/** How CloudWatch Logs takes an error of a destination: throttles and 5xx are tried again, everything else is not. */
export function classifyFailure(error: unknown): DeliveryFailure {
  if (!(error instanceof ApiError)) return 'permanent';
  if (THROTTLES.test(error.code) || error.status === 429) return 'throttled';
  if (error.status >= 500 || /ServiceException|InternalFailure|Unavailable|Timeout/.test(error.code))
    return 'retryable';
  return error.status === 413 || /TooLarge/.test(error.code) ? 'oversized' : 'permanent';
}

/** Back-off before the next attempt: 100 ms, doubled up to a minute. AWS publishes no figure. */
export function backOffMs(attempt: number): number {
  return Math.min(60_000, 100 * 2 ** Math.min(attempt, 20));
}
