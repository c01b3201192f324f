import type { Closing, ClosingPolicy } from './closing.ts';
import { isOver } from './closing-time.ts';
import { WINDOW_MS } from './minute.ts';

/**
 * The minutes that a closing closes: its own, and the silent ones behind each that are over and that nothing else will close. `known` are the
 * minutes for which a message was sent: theirs is another closing.
 */
export function expectedMinutes(
  { minutes, lastActive }: Closing,
  known: ReadonlySet<number>,
  now: number,
  { silenceMs }: ClosingPolicy,
): number[] {
  const own = new Set(minutes);
  const expected: number[] = [];
  for (const first of minutes) {
    const reach = (lastActive ?? first) + silenceMs;
    for (let minute = first; minute <= reach && isOver(minute, now); minute += WINDOW_MS) {
      if (minute !== first && own.has(minute)) break;
      if (minute === first || !known.has(minute)) expected.push(minute);
    }
  }
  return expected;
}

/** The minute to close next, so that silence shows; undefined once it has lasted long enough, or where something else will close it. */
export function minuteAfter(
  closed: readonly number[],
  lastActive: number,
  known: ReadonlySet<number>,
  { silenceMs }: ClosingPolicy,
): number | undefined {
  const next = closed.at(-1)! + WINDOW_MS;
  return known.has(next) || next - lastActive > silenceMs ? undefined : next;
}
