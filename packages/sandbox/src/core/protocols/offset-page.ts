export interface OffsetPage {
  readonly entries: readonly unknown[];
  /** Leads to the next page; absent at the end. */
  readonly next?: string;
}

/** One page of a listing whose tokens say how many entries went before; undefined for a token that cannot be. */
export function offsetPage(
  entries: readonly unknown[],
  size: number,
  token: string | undefined,
): OffsetPage | undefined {
  const from = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isInteger(from) || from < 0) return undefined;
  const to = from + size;
  const next = to < entries.length ? { next: Buffer.from(String(to)).toString('base64url') } : {};
  return { entries: entries.slice(from, to), ...next };
}
