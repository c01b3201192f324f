import type { StoryLine } from '@lamplighter/contracts';

/** A log line as a page first shows it. */
export interface ClippedLine extends StoryLine {
  /** Characters that were left out at its end; 0 for most. */
  readonly omittedCharacters: number;
}

/** Cuts long messages, never inside a surrogate pair: a page on a phone must not receive a megabyte that nobody asked for. */
export function clipLines(lines: readonly StoryLine[], mostCharacters: number): ClippedLine[] {
  return lines.map((line) => {
    if (line.message.length <= mostCharacters) return { ...line, omittedCharacters: 0 };
    const isPair = /[\uD800-\uDBFF]/.test(line.message[mostCharacters - 1]!);
    const message = line.message.slice(0, isPair ? mostCharacters - 1 : mostCharacters);
    return { ...line, message, omittedCharacters: line.message.length - message.length };
  });
}
