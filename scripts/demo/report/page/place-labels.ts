/** A text at a place on the axis, and in one of the rows above the chart: 0 is the highest. */
export interface PlacedLabel {
  readonly text: string;
  readonly x: number;
  readonly row: number;
}

/** Between a line and its text, and between two texts. */
export const GAP = 4;
/** Of a character at 11 px, rather too much. */
const CHARACTER = 6.5;

export const widthOf = (text: string): number => text.length * CHARACTER;

/**
 * Each label begins right of its line, in the highest row in which it stands in nobody's way: its line goes down from there, so nothing may stand in that place in
 * any row below either. `taken`: up to where the highest row is. Pure, O(labels x rows).
 */
export function placeLabels(
  labels: readonly { readonly text: string; readonly x: number }[],
  taken = 0,
): PlacedLabel[] {
  const ends = [taken];
  return labels
    .toSorted((a, b) => a.x - b.x)
    .map(({ text, x }) => {
      const row = ends.findLastIndex((end) => end > x) + 1;
      ends[row] = x + GAP + widthOf(text) + GAP;
      return { text, x, row };
    });
}
