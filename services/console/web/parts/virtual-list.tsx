import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

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
  const [range, setRange] = useState({ from: 0, to: 40 });
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
  useEffect(() => {
    if (range.to >= items.length) onEnd?.();
  }, [range.to, items.length, onEnd]);
  const shown = items.slice(range.from, range.to);
  return (
    <ul ref={list} aria-label={label} class="virtual" style={{ height: `${items.length * rowPx}px` }}>
      {shown.map((item, at) => (
        <li
          aria-setsize={items.length}
          aria-posinset={range.from + at + 1}
          key={keyOf(item)}
          class="virtual-row"
          style={{ height: `${rowPx}px`, transform: `translateY(${(range.from + at) * rowPx}px)` }}
        >
          {children(item)}
        </li>
      ))}
    </ul>
  );
}
