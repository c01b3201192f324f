import type { RestInput } from '../../../core/protocols/rest-operation.ts';

const MOST_ITEMS = 50;

/** One page of a list: at most MaxItems (50), from where Marker says. */
export function page<Item>(
  { query }: RestInput,
  items: readonly Item[],
): { items: readonly Item[]; marker: { NextMarker?: string } } {
  const from = Number(query.get('Marker') ?? 0);
  const size = Math.min(Number(query.get('MaxItems') ?? MOST_ITEMS), MOST_ITEMS);
  const end = from + size;
  return { items: items.slice(from, end), marker: end < items.length ? { NextMarker: String(end) } : {} };
}
