import type { ComponentChildren } from 'preact';

/** What may be wider than the page, such as a table on a phone: scrolled by itself, by keyboard too. */
export const Scroll = ({ label, children }: { readonly label: string; readonly children: ComponentChildren }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the focus (axe: scrollable-region-focusable)
  <section class="scroll" tabIndex={0} aria-label={label}>
    {children}
  </section>
);
