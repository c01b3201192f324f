import { ApiError } from '../../../core/service.ts';

/** A page of events ends at 1 MB or 10,000 events: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const MAX_PAGE_BYTES = 1_048_576;
const MAX_PAGE_EVENTS = 10_000;

export function eventLimit(limit: number | undefined): number {
  if (limit === undefined) return MAX_PAGE_EVENTS;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE_EVENTS) {
    throw new ApiError('InvalidParameterException', `Value at 'limit' must be between 1 and ${MAX_PAGE_EVENTS}`);
  }
  return limit;
}
