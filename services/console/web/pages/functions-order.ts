import type { FleetRow } from '../../src/api/get-fleet.ts';

/** How the list of functions may be ordered, and what the button says. */
export const ORDERS = [
  ['name', 'by name'],
  ['failures', 'most failed'],
  ['costUsd', 'dearest'],
] as const;
export type Order = (typeof ORDERS)[number][0];

/** In the order that is wanted: those whose figure is not known stand behind, as they came. */
export function ordered<Item>(
  items: readonly Item[],
  order: Order,
  rowOf: (item: Item) => FleetRow | undefined,
): readonly Item[] {
  if (order === 'name') return items;
  return items.toSorted((a, b) => (rowOf(b)?.[order] ?? -1) - (rowOf(a)?.[order] ?? -1));
}
