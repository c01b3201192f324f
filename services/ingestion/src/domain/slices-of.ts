import { type Counts, MINUTE_MS } from './completeness.ts';
import type { TimeRange } from './time-range.ts';

/**
 * A range of whole minutes cut into consecutive ones, each of which holds at most `most` of what is `counted`, or a single minute: what is
 * read of it fits into memory, however busy the range.
 */
export function slicesOf(range: TimeRange, counted: Counts, most: number): TimeRange[] {
  const slices: TimeRange[] = [];
  let from = range.from;
  let held = 0;
  for (let minute = range.from; minute <= range.to; minute += MINUTE_MS) {
    const count = counted.get(minute) ?? 0;
    if (minute > from && held + count > most) {
      slices.push({ from, to: minute - 1 });
      from = minute;
      held = 0;
    }
    held += count;
  }
  return [...slices, { from, to: range.to }];
}
