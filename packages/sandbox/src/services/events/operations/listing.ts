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
  const offset = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64url').toString());
  if (!Number.isInteger(offset) || offset < 0) throw new ApiError('ValidationException', 'NextToken is not valid.');
  const end = offset + Limit;
  return {
    [name]: entries.slice(offset, end),
    ...(end < entries.length ? { NextToken: Buffer.from(String(end)).toString('base64url') } : {}),
  };
}
