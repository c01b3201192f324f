import { offsetPage } from '../../../core/protocols/offset-page.ts';
import { ApiError } from '../../../core/service.ts';

export interface PageRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** One page of a listing under its name: 100 entries where no number is given, 1,000 at most. Throws `InvalidToken`. */
export function page(
  name: string,
  entries: readonly unknown[],
  { maxResults = 100, nextToken }: PageRequest,
): Record<string, unknown> {
  const shown = offsetPage(entries, Math.min(maxResults || 100, 1_000), nextToken);
  if (shown === undefined) throw new ApiError('InvalidToken', `Invalid Token: '${nextToken}'`);
  return { [name]: shown.entries, ...(shown.next && { nextToken: shown.next }) };
}
