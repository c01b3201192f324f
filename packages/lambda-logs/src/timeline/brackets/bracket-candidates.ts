import type { LogFormat } from '../../records/log-record.ts';
import type { Bracket } from './bracket.ts';
import { FITS_WITHIN_SHARE } from './bracket-cost.ts';
import type { LifecycleMark } from './invocation-span.ts';
import { NEIGHBOURHOOD_MS } from './neighbourhood.ts';
import { partitionPoint } from './partition-point.ts';

/** So near that the REPORT needs no other witness, provided that its duration is not next to nothing. */
const FITS_CLOSELY_MS = 20;
const TELLING_MS = 40;
const CLOCK_JITTER_MS = 3;
/** Closings tried for one START at either end of its candidates, so that thousands of quoted REPORTs cost no more than a few. */
const TRIED_AT_EACH_END = 4;

/** The marks of one request. */
interface OwnMarks {
  readonly closings: readonly number[];
  readonly starts: readonly number[];
  readonly format: LogFormat;
}

/** The brackets that a START may open, less those that end a request once more after it has ended. */
export function bracketsFrom(
  marks: readonly LifecycleMark[],
  open: number,
  { closings, starts, format }: OwnMarks,
): readonly Bracket[] {
  let ended: Bracket | undefined;
  return candidates(closings, open, marks, starts)
    .map((close) => bracketOf(marks, open, close, closings))
    .filter((bracket) => {
      if (ended !== undefined) return !isEndedBy(marks, ended, bracket);
      if (deviationOf(marks, bracket, format) <= FITS_CLOSELY_MS) ended = bracket;
      return true;
    });
}

/** Closings of the request after the START and in reach of Lambda's longest timeout: the first few, the last few, and the last before each retry. */
function candidates(
  closings: readonly number[],
  open: number,
  marks: readonly LifecycleMark[],
  starts: readonly number[],
): readonly number[] {
  const latest = (marks[open] as LifecycleMark).timestamp + NEIGHBOURHOOD_MS;
  const from = firstAfter(closings, open);
  let to = closings.length;
  while (to > from && (marks[closings[to - 1] as number] as LifecycleMark).timestamp > latest) to--;
  if (to - from <= 2 * TRIED_AT_EACH_END) return closings.slice(from, to);
  const tried = new Set([
    ...closings.slice(from, from + TRIED_AT_EACH_END),
    ...closings.slice(to - TRIED_AT_EACH_END, to),
  ]);
  const laterStart = starts.indexOf(open) + 1;
  for (const start of starts.slice(laterStart, laterStart + TRIED_AT_EACH_END)) {
    const before = firstAfter(closings, start) - 1;
    if (before >= from && before < to) tried.add(closings[before] as number);
  }
  return [...tried].sort((a, b) => a - b);
}

/** Index of the first element greater than `value` in an ascending list. */
const firstAfter = (ascending: readonly number[], value: number): number =>
  partitionPoint(ascending.length, (index) => (ascending[index] as number) > value);

function bracketOf(marks: readonly LifecycleMark[], open: number, close: number, closings: readonly number[]): Bracket {
  if (marks[close]?.kind === 'end') return { open, end: close, close };
  // The END that counts is the last one before the REPORT; one further up was quoted, unless nothing else is there.
  const at = firstAfter(closings, close) - 1;
  for (let before = at - 1; before >= Math.max(0, at - TRIED_AT_EACH_END); before--) {
    const index = closings[before] as number;
    if (index <= open) break;
    if (marks[index]?.kind === 'end') return { open, end: index, close };
  }
  return { open, close };
}

/** By how many milliseconds a bracket's length differs from what its REPORT says; infinite without an END just before it. */
function deviationOf(marks: readonly LifecycleMark[], { open, end, close }: Bracket, format: LogFormat): number {
  const closing = marks[close] as LifecycleMark;
  if (closing.kind === 'end' || (format === 'text' && end !== close - 1)) return Number.POSITIVE_INFINITY;
  const { durationMs, initDurationMs = 0 } = closing;
  if (durationMs === undefined) return Number.POSITIVE_INFINITY;
  const beyond = closing.timestamp - (marks[open] as LifecycleMark).timestamp - durationMs;
  return Math.min(Math.abs(beyond), Math.abs(beyond - initDurationMs));
}

/**
 * Whether the request had ended with an earlier closing that its length confirms, so that this one was printed by somebody. Where both
 * claim next to nothing, which fits by chance, the nearer one counts.
 */
function isEndedBy(marks: readonly LifecycleMark[], earlier: Bracket, later: Bracket): boolean {
  const [before, after] = [marks[earlier.close] as LifecycleMark, marks[later.close] as LifecycleMark];
  if (after.kind === 'end') return true;
  const deviation = deviationOf(marks, later, 'json');
  if ((before.durationMs ?? 0) >= TELLING_MS)
    return deviation > FITS_CLOSELY_MS + (after.durationMs ?? 0) * FITS_WITHIN_SHARE;
  return (after.durationMs ?? 0) < TELLING_MS && deviation > deviationOf(marks, earlier, 'json') + CLOCK_JITTER_MS;
}
