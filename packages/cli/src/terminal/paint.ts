import type { Terminal } from './terminal.ts';

export type Colour = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Colours a text, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string;

const CODES: Readonly<Record<Colour, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

export const plain: Paint = (_colour, text) => text;

export const coloured: Paint = (colour, text) => {
  const [start, end] = CODES[colour];
  return `\u001b[${start}m${text}\u001b[${end}m`;
};

/** Colours for a terminal that shows them, none for a pipe or where `NO_COLOR` is set (https://no-color.org). */
export function paintFor(terminal: Pick<Terminal, 'env'>, isTty: boolean): Paint {
  if (terminal.env.NO_COLOR) return plain;
  if (terminal.env.FORCE_COLOR && terminal.env.FORCE_COLOR !== '0') return coloured;
  return isTty && terminal.env.TERM !== 'dumb' ? coloured : plain;
}
