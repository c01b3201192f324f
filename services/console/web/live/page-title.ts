import { cutText } from '@lamplighter/contracts/cut-text';

const MOST_CHARACTERS = 80;

let mark = '';
let place = '';

/** Says in the window's title where the reader is (WCAG 2.4.2): the text of the page's heading. */
export function titlePlace(heading: string): void {
  const text = heading.replaceAll(/\s+/g, ' ').trim();
  place = cutText(text, MOST_CHARACTERS);
  write();
}

/** Puts a count in front of the title, which is seen in a tab that is not open. */
export function markTitle(count: string): void {
  mark = count === '' ? '' : `(${count}) `;
  write();
}

/** Headings tell their text whenever they are drawn: to set a title anew costs more than to know the last one. */
let written = '';

function write(): void {
  const title = `${mark}${place === '' ? '' : `${place} · `}Lamplighter`;
  if (title !== written) document.title = title;
  written = title;
}
