/** A list that is known by pages: its newest page is asked for again and again, what comes behind it once. */
export interface PageList<Item> {
  readonly newest: readonly Item[];
  /** Behind the newest page, as they were when they were asked for. */
  readonly older: readonly Item[];
  /** Asks for what comes behind; absent at the end. */
  readonly cursor?: string;
}

/** A page as the API gives it. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly cursor?: string;
}

type KeyOf<Item> = (item: Item) => string;

/**
 * The list once its newest page is known anew. Items that newer ones have pushed off its end stay, in front of the older ones; what is gone from
 * its middle is gone. Where nothing of the page is the same any more there may be a gap, and the list begins anew.
 */
export function withNewest<Item>(
  list: PageList<Item> | undefined,
  page: ListPage<Item>,
  keyOf: KeyOf<Item>,
): PageList<Item> {
  const keys = new Set(page.items.map(keyOf));
  const isKept = (item: Item): boolean => keys.has(keyOf(item));
  const last = list?.newest.findLastIndex(isKept) ?? -1;
  if (list === undefined || last === -1 || page.cursor === undefined)
    return { newest: page.items, older: [], ...rest(page) };
  const older = [...list.newest.slice(last + 1), ...list.older].filter((item) => !isKept(item));
  return { newest: page.items, older, ...rest(older.length === 0 ? page : list) };
}

/** A page that has come, with the cursor that it was asked for by. */
export interface NextPage<Item> {
  readonly asked: string;
  readonly page: ListPage<Item>;
}

/** The list with the page behind it; as it is where that is no more the page that was asked for, since the list has begun anew in the meantime. */
export function withNext<Item>(
  list: PageList<Item>,
  { asked, page }: NextPage<Item>,
  keyOf: KeyOf<Item>,
): PageList<Item> {
  if (list.cursor !== asked) return list;
  const known = new Set([...list.newest, ...list.older].map(keyOf));
  const fresh = page.items.filter((item) => !known.has(keyOf(item)));
  return { newest: list.newest, older: [...list.older, ...fresh], ...rest(page) };
}

/** The list with an item as it is by now, where the list has it. */
export function withItem<Item>(list: PageList<Item>, item: Item, keyOf: KeyOf<Item>): PageList<Item> {
  const key = keyOf(item);
  const renewed = (each: Item): Item => (keyOf(each) === key ? item : each);
  return { ...list, newest: list.newest.map(renewed), older: list.older.map(renewed) };
}

const rest = ({ cursor }: { readonly cursor?: string }) => (cursor === undefined ? {} : { cursor });
