import type { Route } from './route.ts';

/** Frames within which a page that was gone back to has its old height again: its charts are drawn late. */
const MOST_FRAMES = 20;

let isFirst = true;

/**
 * Shows a page from its top, with the focus on its heading, so that a screen reader says where one is; a page that was gone back to where it was
 * left, with the focus on the link that it was left by. A control that is on both pages keeps the focus. The first page of all takes no focus.
 */
export function arrive({ visit, leftFor, stays }: Pick<Route, 'visit' | 'leftFor' | 'stays'>): void {
  const control = stays === undefined ? null : document.getElementById(stays);
  if (!isFirst) (control ?? document.querySelector<HTMLElement>('main h1'))?.focus({ preventScroll: true });
  isFirst = false;
  const wanted = visit.scrollY;
  const restore = (frames: number): void => {
    scrollTo(0, wanted);
    if (leftFor !== undefined && frames > 0 && scrollY < wanted - 1) requestAnimationFrame(() => restore(frames - 1));
  };
  restore(MOST_FRAMES);
  // The rows of a long list are there a frame after it is scrolled.
  if (leftFor) requestAnimationFrame(() => requestAnimationFrame(() => focusLink(leftFor)));
}

function focusLink(address: string): void {
  const links = [...document.querySelectorAll<HTMLElement>('main a[data-item]')];
  const isHeading = document.activeElement?.tagName === 'H1';
  if (isHeading) links.find((link) => link.getAttribute('href') === address)?.focus({ preventScroll: true });
}
