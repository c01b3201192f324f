import { useCallback, useEffect, useRef } from 'preact/hooks';
import { type ApiProblem, get } from './api-client.ts';
import { type ListPage, type NextPage, type PageList, withItem, withNewest, withNext } from './page-list.ts';
import { useKept } from './use-kept.ts';
import { type Polled, usePolled } from './use-polled.ts';

/** A list that grows by pages, and whose newest page is live. */
export interface Pages<Body, Item> {
  readonly items: readonly Item[];
  readonly isWhole: boolean;
  readonly newest: Polled<Body>;
  /** When the first page behind the newest was answered: those are not live. Absent where there is none. */
  readonly olderAt?: number;
  /** Why a page behind the newest did not come. */
  readonly problem?: ApiProblem;
  /** Asks for the next page, unless it is on its way. */
  readonly more: () => void;
  /** Shows an item as it is by now, since somebody acted on it, and asks for the newest page anew. */
  readonly renew: (item: Item) => void;
  /** Begins anew with the newest page. */
  readonly restart: () => void;
}

interface PagesOptions<Body, Item> {
  readonly everyMs: number;
  readonly pageOf: (body: Body) => ListPage<Item>;
  readonly keyOf: (item: Item) => string;
}

interface State<Item> {
  readonly list?: PageList<Item>;
  readonly olderAt?: number;
  readonly problem?: ApiProblem;
}

/** Asks for the newest page every `everyMs`, and for each further one when `more` is called. `path` is without the cursor. */
export function usePages<Body, Item>(
  path: string,
  { everyMs, pageOf, keyOf }: PagesOptions<Body, Item>,
): Pages<Body, Item> {
  const newest = usePolled<Body>(path, everyMs);
  const [{ list, olderAt, problem }, setState] = useKept<State<Item>>(`pages ${path}`, {});
  const asking = useRef<string>();
  const { body } = newest;
  useEffect(() => {
    if (body) setState((before) => ({ ...before, list: withNewest(before.list, pageOf(body), keyOf) }));
  }, [body]);
  const cursor = list?.cursor;
  const more = useCallback((): void => {
    if (asking.current === cursor || cursor === undefined || problem) return;
    asking.current = cursor;
    const separator = path.includes('?') ? '&' : '?';
    get<Body>(`${path}${separator}cursor=${encodeURIComponent(cursor)}`)
      .then(
        (body) => setState((before) => withOlder(before, { asked: cursor, page: pageOf(body) }, keyOf)),
        (fault: ApiProblem) =>
          setState((before) => (before.list?.cursor === cursor ? { ...before, problem: fault } : before)),
      )
      .finally(() => {
        if (asking.current === cursor) asking.current = undefined;
      });
  }, [path, cursor, problem]);
  const renew = (item: Item): void => {
    setState((before) => (before.list ? { ...before, list: withItem(before.list, item, keyOf) } : before));
    newest.refresh();
  };
  const restart = (): void => {
    setState(body ? { list: withNewest(undefined, pageOf(body), keyOf) } : {});
    newest.refresh();
  };
  const older = list?.older ?? [];
  return {
    items: list ? [...list.newest, ...older] : [],
    isWhole: list !== undefined && list.cursor === undefined,
    newest,
    ...(older.length > 0 && olderAt !== undefined && { olderAt }),
    ...(problem && { problem }),
    more,
    renew,
    restart,
  };
}

function withOlder<Item>(before: State<Item>, next: NextPage<Item>, keyOf: (item: Item) => string): State<Item> {
  const list = before.list && withNext(before.list, next, keyOf);
  return list === undefined || list === before.list ? before : { list, olderAt: before.olderAt ?? Date.now() };
}
