/** A text of `most` UTF-16 units at most, no character halved; `…` at its end stands for what is left out. */
export const cutText = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(HALVED, '')}…`;

const HALVED = /\p{Surrogate}$/u;
