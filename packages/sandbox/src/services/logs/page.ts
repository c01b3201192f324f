import { offsetPage } from '../../core/protocols/offset-page.ts';
import { ApiError } from '../../core/service.ts';

/** How a listing is asked for. */
export interface PageRequest {
  readonly limit?: number;
  readonly nextToken?: string;
}

/**
 * One page of a listing under its name, with the token of the next where more follows; 50 entries where no limit is given, as all
 * listings of CloudWatch Logs have it. Throws `InvalidParameterException` for a token or a limit that cannot be.
 */
export function listingPage(name: string, entries: readonly unknown[], request: PageRequest): Record<string, unknown> {
  const { limit = 50, nextToken } = request;
  if (!Number.isInteger(limit) || limit < 1 || limit > 50) throw invalid("Value at 'limit' must be between 1 and 50");
  const page = offsetPage(entries, limit, nextToken);
  if (page === undefined) throw invalid('The specified nextToken is invalid.');
  return { [name]: page.entries, ...(page.next && { nextToken: page.next }) };
}

function invalid(message: string): ApiError {
  return new ApiError('InvalidParameterException', message);
}
