/** One page of a listing under its name, 100 entries where no number is given. */
export function page(name: string, entries: readonly unknown[], query: URLSearchParams): Record<string, unknown> {
  const from = Number(query.get('NextToken') ?? 0);
  const to = from + Number(query.get('MaxResults') ?? 100);
  return { [name]: entries.slice(from, to), ...(to < entries.length ? { NextToken: String(to) } : {}) };
}
