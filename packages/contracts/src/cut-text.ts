/** A text of `most` characters at most; `…` at its end stands for what is left out. */
export const cutText = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;
