/** After something was done at an element: the focus goes to the title of the item that it was done to, or to the page's heading, which stay. */
export function focusAfter(done: Element | null): void {
  const item = done?.isConnected ? done.closest('.item') : null;
  const title = item?.querySelector<HTMLElement>('[data-item]') ?? null;
  (title ?? heading())?.focus({ preventScroll: true });
}

/**
 * What has the focus may go away, as when somebody else decides: then the page's heading takes it, so that who cannot see the page is not sent back to
 * its very beginning. Rows of long lists come and go with the scrolling and are left alone.
 */
export function keepFocus(): () => void {
  let last: Element | undefined;
  const onFocus = ({ target }: FocusEvent): void => {
    last = target instanceof Element && target.closest('.virtual') === null ? target : undefined;
  };
  const observer = new MutationObserver(() => {
    if (last === undefined || last.isConnected || document.activeElement !== document.body) return;
    last = undefined;
    heading()?.focus({ preventScroll: true });
  });
  document.addEventListener('focusin', onFocus);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', onFocus);
  };
}

const heading = (): HTMLElement | null => document.querySelector<HTMLElement>('main h1');
