import { visible, visibleLines } from './visible.ts';

/** Text that somebody else wrote, in a sentence: isolated, so that no direction leaks, and with nothing hidden in it. */
export const Text = ({ value }: { readonly value: string }) => <bdi>{visible(value)}</bdi>;

/** A paragraph that somebody else wrote; its line feeds are kept. */
export const Paragraph = ({ value }: { readonly value: string }) => (
  <p class="paragraph">
    <bdi>{visibleLines(value)}</bdi>
  </p>
);

/** Text that may be higher than its place scrolls, and then takes the focus, so that keys can scroll it. */
const isTall = (value: string): boolean => value.length > 1_000 || value.split('\n', 13).length > 12;

/** Log text of several lines. */
export const Lines = ({ value }: { readonly value: string }) => (
  <pre class="lines" dir="ltr" tabIndex={isTall(value) ? 0 : undefined}>
    <bdi>{visibleLines(value)}</bdi>
  </pre>
);
