/** An answer of Lambda holds 6 MB: so much of it for what is paged. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_BYTES = 4_000_000;

/** Which part is asked for. */
export interface PageQuery {
  readonly limit?: number | undefined;
  /** The key of the last item of the page before. */
  readonly cursor?: string | undefined;
}

/** Items in the order of their keys, after a cursor: as many as are asked for and fit, one at least; with a cursor where there are more. */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { limit = Number.POSITIVE_INFINITY, cursor }: PageQuery,
): { readonly items: Item[]; readonly cursor?: string } {
  const keyed = items
    .map((item) => ({ key: keyOf(item), item }))
    .filter(({ key }) => cursor === undefined || key > cursor)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  let bytes = 0;
  const first = keyed.findIndex(({ item }, at) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    return at >= limit || (at > 0 && bytes > MOST_BYTES);
  });
  if (first < 0) return { items: keyed.map(({ item }) => item) };
  return { items: keyed.slice(0, first).map(({ item }) => item), cursor: keyed[first - 1]!.key };
}
