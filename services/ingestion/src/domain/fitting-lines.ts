import type { StoryLine } from '@lamplighter/contracts';

/**
 * As many lines as there is room for, from the first on, and how many are left out. A line that is longer than what is left of the room is left
 * out alone. `roomBytes` is measured in the JSON that is sent: a control character is six bytes there, one of Chinese three.
 */
export function fittingLines(
  lines: readonly StoryLine[],
  roomBytes: number,
): { readonly kept: StoryLine[]; readonly omitted: number } {
  let room = roomBytes;
  const kept = lines.filter((line) => {
    const bytes = jsonBytes(line) + 1;
    if (bytes > room) return false;
    room -= bytes;
    return true;
  });
  return { kept, omitted: lines.length - kept.length };
}

/** How many bytes a value is as JSON in UTF-8. */
export const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
