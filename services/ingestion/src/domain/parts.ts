/** Items in order, in parts of at most so many. */
export function inParts<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** Items in order, in parts of at most so many and, an item that is longer by itself apart, of at most so many bytes. */
export function inSizedParts<Item>(
  items: readonly Item[],
  { maxItems, maxBytes, bytesOf }: SizedPartsOptions<Item>,
): Item[][] {
  const parts: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const bytes = bytesOf(item);
    if (parts.length === 0 || parts.at(-1)!.length === maxItems || bytes > room) {
      parts.push([]);
      room = maxBytes;
    }
    parts.at(-1)!.push(item);
    room -= bytes;
  }
  return parts;
}

export interface SizedPartsOptions<Item> {
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly bytesOf: (item: Item) => number;
}
