import type { LogFormat } from '../../records/log-record.ts';
import type { LifecycleMark } from './invocation-span.ts';
import { NEIGHBOURHOOD_MS } from './neighbourhood.ts';
import { partitionPoint } from './partition-point.ts';

/** Indices into the marks: an opening START, its END if seen, and the record that closes the bracket. */
export interface Bracket {
  readonly open: number;
  readonly end?: number;
  readonly close: number;
}

export interface Bracketing {
  readonly brackets: readonly Bracket[];
  /** Indices of marks outside every bracket. */
  readonly orphans: readonly number[];
  readonly cost: number;
}

/** A mark that nothing explains: a record of the platform was lost, or somebody else wrote this one. */
const ORPHAN = 100;
/**
 * A mark inside a bracket whose length its REPORT does not confirm: the application wrote it. Once it quotes one record it may quote
 * hundreds, so the cost is capped, and below that of losing two real ones. Inside a confirmed bracket quotes cost nothing.
 */
const QUOTED = 40;
const QUOTED_AT_MOST = 150;
/** In the text format the platform writes END just before REPORT. */
const WITHOUT_END = 60;
/** What a background task printed got between END and REPORT: cheaper than an orphan beside a REPORT that was printed there. */
const END_APART = 40;
const WITHOUT_REPORT = 100;
/** An earlier START of the same request explains the reported duration: this one is a copy. */
const COPIED_START = 200;
/** How far a reported duration may be from the time between START and REPORT: timestamps are whole and written a little late. */
const FITS_WITHIN_MS = 250;
/** So near that the REPORT needs no other witness, provided that its duration is not next to nothing. */
const FITS_CLOSELY_MS = 20;
const TELLING_MS = 40;
const CLOCK_JITTER_MS = 3;
const FITS_WITHIN_SHARE = 0.02;
/** A REPORT comes when the invocation ends: longer than this after its reported duration it was not its own. Dearer than any orphans. */
const REPORTED_WITHIN_MS = 60_000;
const TOO_LATE = 1_000;
/** Closings tried for one START at either end of its candidates, so that thousands of quoted REPORTs cost no more than a few. */
const TRIED_AT_EACH_END = 4;

/**
 * A log stream is one execution environment, and an environment runs one invocation at a time. So the platform's records must form
 * brackets START X … END X, REPORT X that neither overlap nor nest, and whatever looks like a platform record inside a bracket was
 * written by the application. Among all bracketings the cheapest is taken: dynamic programming from right to left over the marks,
 * O(marks × candidates).
 */
export function findBrackets(marks: readonly LifecycleMark[], format: LogFormat): Bracketing {
  const run = flawlessRun(marks, format);
  if (run === undefined) return cheapestBrackets(marks, format, 0);
  const rest = cheapestBrackets(marks, format, run.to);
  const leading = Array.from({ length: run.from }, (_, index) => index);
  return {
    brackets: rest.brackets.length === 0 ? run.brackets : [...run.brackets, ...rest.brackets],
    orphans: [...leading, ...rest.orphans],
    cost: run.from * ORPHAN + rest.cost,
  };
}

/**
 * What nearly every stream begins with, START END REPORT of one request after another. No bracket reaches from there into the rest when
 * their requests differ, and none can cost less than nothing, so only the rest needs the search. Closings before the first START are
 * orphans in every bracketing.
 */
function flawlessRun(
  marks: readonly LifecycleMark[],
  format: LogFormat,
): { readonly from: number; readonly to: number; readonly brackets: Bracket[] } | undefined {
  const size = format === 'text' ? 3 : 2;
  let from = 0;
  while (from < marks.length && marks[from]?.kind !== 'start') from++;
  let to = from;
  const brackets: Bracket[] = [];
  const requestIds = new Set<string>();
  for (; to + size <= marks.length && isFlawless(marks, to, size); to += size) {
    const close = to + size - 1;
    requestIds.add((marks[to] as LifecycleMark).requestId);
    brackets.push(size === 3 ? { open: to, end: close - 1, close } : { open: to, close });
  }
  if (requestIds.size !== brackets.length) return undefined;
  for (let index = to; index < marks.length; index++) {
    if (requestIds.has((marks[index] as LifecycleMark).requestId)) return undefined;
  }
  return { from, to, brackets };
}

function isFlawless(marks: readonly LifecycleMark[], open: number, size: number): boolean {
  const start = marks[open] as LifecycleMark;
  const report = marks[open + size - 1] as LifecycleMark;
  if (start.kind !== 'start' || report.kind !== 'report' || start.requestId !== report.requestId) return false;
  const elapsedMs = report.timestamp - start.timestamp;
  if (elapsedMs > NEIGHBOURHOOD_MS || isTooLate(report, elapsedMs)) return false;
  const end = marks[open + 1] as LifecycleMark;
  return size === 2 || (end.kind === 'end' && end.requestId === start.requestId);
}

/** The search proper, over the marks from `from` on. */
function cheapestBrackets(marks: readonly LifecycleMark[], format: LogFormat, from: number): Bracketing {
  if (from === marks.length) return { brackets: [], orphans: [], cost: 0 };
  const closings = indicesById(marks, from, (mark) => mark.kind !== 'start');
  const starts = indicesById(marks, from, (mark) => mark.kind === 'start');
  const best = new Float64Array(marks.length + 1);
  const choice: (Bracket | undefined)[] = new Array(marks.length).fill(undefined);
  for (let index = marks.length - 1; index >= from; index--) {
    best[index] = ORPHAN + (best[index + 1] as number);
    const mark = marks[index] as LifecycleMark;
    if (mark.kind !== 'start') continue;
    const siblings = starts.get(mark.requestId) as number[];
    const own = closings.get(mark.requestId) ?? [];
    for (const bracket of bracketsFrom(marks, index, { closings: own, starts: siblings, format })) {
      const cost = bracketCost(marks, bracket, siblings, format) + (best[bracket.close + 1] as number);
      if (cost < (best[index] as number)) {
        best[index] = cost;
        choice[index] = bracket;
      }
    }
  }
  return { ...follow(choice, from), cost: best[from] as number };
}

interface OwnMarks {
  readonly closings: readonly number[];
  readonly starts: readonly number[];
  readonly format: LogFormat;
}

/** The brackets that a START may open, less those that end a request once more after it has ended. */
function bracketsFrom(
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

function follow(choice: readonly (Bracket | undefined)[], from: number): Pick<Bracketing, 'brackets' | 'orphans'> {
  const brackets: Bracket[] = [];
  const orphans: number[] = [];
  for (let index = from; index < choice.length; ) {
    const bracket = choice[index];
    if (bracket === undefined) orphans.push(index++);
    else {
      brackets.push(bracket);
      index = bracket.close + 1;
    }
  }
  return { brackets, orphans };
}

function indicesById(
  marks: readonly LifecycleMark[],
  from: number,
  wanted: (mark: LifecycleMark) => boolean,
): Map<string, number[]> {
  const byId = new Map<string, number[]>();
  for (let index = from; index < marks.length; index++) {
    const mark = marks[index] as LifecycleMark;
    if (!wanted(mark)) continue;
    const indices = byId.get(mark.requestId);
    if (indices === undefined) byId.set(mark.requestId, [index]);
    else indices.push(index);
  }
  return byId;
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

function bracketCost(
  marks: readonly LifecycleMark[],
  { open, end, close }: Bracket,
  starts: readonly number[],
  format: LogFormat,
): number {
  const closing = marks[close] as LifecycleMark;
  const ownEnd = end === undefined || end === close ? 0 : 1;
  const quoted = Math.min((close - open - 1 - ownEnd) * QUOTED, QUOTED_AT_MOST);
  if (closing.kind === 'end') return WITHOUT_REPORT + quoted;
  const hasEnd = format === 'json' || end === close - 1;
  const elapsedMs = closing.timestamp - (marks[open] as LifecycleMark).timestamp;
  if (isTooLate(closing, elapsedMs)) return TOO_LATE;
  const isFitting = fits(closing, elapsedMs);
  const copied = isCopiedStart(marks, open, close, starts) ? COPIED_START : 0;
  if (hasEnd) return (isFitting ? 0 : quoted) + copied;
  return quoted + copied + (end !== undefined && isFitting ? END_APART : WITHOUT_END);
}

function isTooLate({ durationMs, initDurationMs = 0 }: LifecycleMark, elapsedMs: number): boolean {
  return elapsedMs > (durationMs ?? NEIGHBOURHOOD_MS) + initDurationMs + REPORTED_WITHIN_MS;
}

/** START is written before the initialisation in old logs, after it in new ones; the duration never includes it. */
function fits({ durationMs, initDurationMs = 0 }: LifecycleMark, elapsedMs: number): boolean {
  if (durationMs === undefined) return false;
  const tolerance = FITS_WITHIN_MS + durationMs * FITS_WITHIN_SHARE;
  return (
    Math.abs(elapsedMs - durationMs) <= tolerance || Math.abs(elapsedMs - durationMs - initDurationMs) <= tolerance
  );
}

function isCopiedStart(
  marks: readonly LifecycleMark[],
  open: number,
  close: number,
  starts: readonly number[],
): boolean {
  if (starts.length === 1 || starts[0] === open) return false;
  const { timestamp, durationMs } = marks[close] as LifecycleMark;
  if (durationMs === undefined) return false;
  const tolerance = FITS_WITHIN_MS + durationMs * FITS_WITHIN_SHARE;
  const timeOf = (index: number) => (marks[starts[index] as number] as LifecycleMark).timestamp;
  const low = partitionPoint(starts.length, (index) => timeOf(index) >= timestamp - durationMs - tolerance);
  const fitting = starts[low];
  return (
    fitting !== undefined &&
    fitting < open &&
    timeOf(low) < timestamp &&
    timeOf(low) <= timestamp - durationMs + tolerance
  );
}
