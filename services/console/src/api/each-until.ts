import { eachOf } from './each-of.ts';

/** Runs `work` over all items as `eachOf` does, until `end`: what has not ended or not begun by then is undefined. */
export function eachUntil<Item, Result>(
  items: readonly Item[],
  end: AbortSignal,
  work: (item: Item) => Promise<Result>,
): Promise<(Result | undefined)[]> {
  const isOver = new Promise<undefined>((resolve) => {
    end.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return eachOf(items, async (item) => (end.aborted ? undefined : Promise.race([work(item), isOver])));
}
