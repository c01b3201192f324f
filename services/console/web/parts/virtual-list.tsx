import type { ComponentChildren, JSX, RefObject } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

interface VirtualListProps<Item> {
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** Height of each row in px; a row's text that is longer is cut by the style. */
  readonly rowPx: number;
  readonly label: string;
  readonly children: (item: Item) => ComponentChildren;
  /** Called when the end comes near. */
  readonly onEnd?: () => void;
}

const SPARE_ROWS = 12;

/** A list of any length, scrolled with the page: only what is on the screen, and a little more, is in the document. */
export function VirtualList<Item>({ items, keyOf, rowPx, label, children, onEnd }: VirtualListProps<Item>) {
  const list = useRef<HTMLUListElement>(null);
  const { from, to } = useRange(list, rowPx);
  useEffect(() => {
    if (to >= items.length) onEnd?.();
  }, [to, items.length, onEnd]);
  // Scrolling makes the rows that are new to the document; those that stay are the same objects, which Preact does not look into.
  const made = useMemo(() => ({ rows: new Map<number, JSX.Element>() }), [items, rowPx, children]);
  const rowAt = (item: Item, at: number): JSX.Element => (
    <li
      aria-setsize={items.length}
      aria-posinset={at + 1}
      key={keyOf(item)}
      class="virtual-row"
      style={{ height: `${rowPx}px`, top: `${at * rowPx}px` }}
    >
      {children(item)}
    </li>
  );
  made.rows = new Map(
    items
      .slice(from, to)
      .map((item, shown) => [from + shown, made.rows.get(from + shown) ?? rowAt(item, from + shown)]),
  );
  return (
    <ul ref={list} aria-label={label} class="virtual" style={{ height: `${items.length * rowPx}px` }}>
      {[...made.rows.values()]}
    </ul>
  );
}

/** The rows that are on the screen, and some more on either side. */
function useRange(list: RefObject<HTMLElement>, rowPx: number): { readonly from: number; readonly to: number } {
  const [range, setRange] = useState(() => ({ from: 0, to: Math.ceil(innerHeight / rowPx) + SPARE_ROWS }));
  useEffect(() => {
    let frame = 0;
    const measure = (): void => {
      frame = 0;
      const top = -(list.current?.getBoundingClientRect().top ?? 0);
      const from = Math.max(0, Math.floor(top / rowPx) - SPARE_ROWS);
      const to = Math.ceil((top + innerHeight) / rowPx) + SPARE_ROWS;
      setRange((before) => (before.from === from && before.to === to ? before : { from, to }));
    };
    const onScroll = (): void => {
      frame ||= requestAnimationFrame(measure);
    };
    measure();
    addEventListener('scroll', onScroll, { passive: true });
    addEventListener('resize', onScroll);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', onScroll);
      removeEventListener('resize', onScroll);
    };
  }, [rowPx]);
  return range;
}
