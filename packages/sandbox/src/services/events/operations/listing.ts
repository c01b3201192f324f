import { offsetPage } from '../../../core/protocols/offset-page.ts';
import { ApiError } from '../../../core/service.ts';

/** How a listing is asked for. */
export interface ListRequest {
  readonly NamePrefix?: string;
  readonly Limit?: number;
  readonly NextToken?: string;
}

/** One page of a listing under its name, 100 entries where no limit is given. Throws `ValidationException` for a token that cannot be. */
export function listing(
  name: string,
  entries: readonly unknown[],
  { Limit = 100, NextToken }: ListRequest,
): Record<string, unknown> {
  const page = offsetPage(entries, Limit, NextToken);
  if (page === undefined) throw new ApiError('ValidationException', 'NextToken is not valid.');
  return { [name]: page.entries, ...(page.next && { NextToken: page.next }) };
}
