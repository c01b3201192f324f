import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { titlePlace } from '../live/page-title.ts';

/** Whether a heading that had the focus is just being replaced. */
let isWanted = false;

interface HeadingProps {
  readonly children: ComponentChildren;
  /** Of the window, where that is not the heading's own text. */
  readonly title?: string;
  readonly class?: string;
}

/** The heading of a page, which is the window's title too. One that takes the place of another, as when an answer came, takes its focus as well. */
export function Heading({ children, title, class: look }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const element = heading.current;
    if (isWanted) element?.focus({ preventScroll: true });
    isWanted = false;
    return () => {
      if (document.activeElement === element) isWanted = true;
    };
  }, []);
  useEffect(() => titlePlace(title ?? heading.current?.textContent ?? ''));
  return (
    <h1 ref={heading} tabIndex={-1} class={look}>
      {children}
    </h1>
  );
}
