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
  const from = nextToken === undefined ? 0 : Number(Buffer.from(nextToken, 'base64url').toString());
  if (!Number.isInteger(from) || from < 0) throw new ApiError('InvalidToken', `Invalid Token: '${nextToken}'`);
  const to = from + Math.min(maxResults || 100, 1_000);
  return {
    [name]: entries.slice(from, to),
    ...(to < entries.length ? { nextToken: Buffer.from(String(to)).toString('base64url') } : {}),
  };
}
