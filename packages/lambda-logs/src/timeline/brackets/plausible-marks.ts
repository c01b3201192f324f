import type { LogEvent } from '../../log-batch.ts';
import { isInitRecord, type StreamRecords } from '../stream-records.ts';
import type { Bracket } from './bracket.ts';
import type { LifecycleMark } from './invocation-span.ts';
import { NEIGHBOURHOOD_MS } from './neighbourhood.ts';

/**
 * The orphans that the platform may have written. Outside every bracket, a record is judged by its company:
 * a bare REPORT in a stream that also shows STARTs and ENDs was quoted (the platform writes END just before it), and so was an END or
 * REPORT behind another request's START that nothing closed yet, and anything between an initialisation and the START that follows it. O(n).
 */
export function plausibleMarks(
  stream: StreamRecords,
  marks: readonly LifecycleMark[],
  brackets: readonly Bracket[],
  orphans: readonly number[],
): LifecycleMark[] {
  if (areJustRunning(marks, brackets, orphans)) return orphans.map((index) => marks[index] as LifecycleMark);
  const bracketed = bracketedMarks(marks, brackets);
  const isCompany = (index: number) =>
    marks[index]?.kind !== 'report' || bracketed[index] === 1 || hasOwnPart(marks, index);
  const companyBefore = neighbours(marks, isCompany, 1);
  const companyAfter = neighbours(marks, isCompany, -1);
  const bracketAfter = neighbours(marks, (index) => bracketed[index] === 1, -1);
  const initBefore = initialisations(stream, marks, bracketed);

  const isPlausible = (index: number): boolean => {
    const mark = marks[index] as LifecycleMark;
    const next = marks[bracketAfter[index] as number];
    if (initBefore[index] === 1 && next?.kind === 'start' && next.requestId !== mark.requestId) return false;
    if (mark.kind === 'start')
      return !(bracketed[index - 1] === 1 && bracketed[index + 1] === 1 && isIdle(marks, index));
    const before = marks[companyBefore[index] as number];
    const isBehindOpen = before?.kind === 'start' && before.requestId !== mark.requestId;
    if (isBehindOpen && bracketed[companyBefore[index] as number] === 0) return false;
    const isJson = stream.records[mark.position]?.format === 'json';
    if (isJson || hasOwnPart(marks, index)) return true;
    return before === undefined && companyAfter[index] === -1;
  };
  return orphans.filter(isPlausible).map((index) => marks[index] as LifecycleMark);
}

/** STARTs behind the last bracket need no company: their invocations run still, or the rest of them has not arrived. */
function areJustRunning(
  marks: readonly LifecycleMark[],
  brackets: readonly Bracket[],
  orphans: readonly number[],
): boolean {
  const last = brackets.at(-1)?.close ?? -1;
  return orphans.every((index) => index > last && marks[index]?.kind === 'start');
}

/** 1 for a bracket's own START, END and REPORT; what lies inside is neither. */
function bracketedMarks(marks: readonly LifecycleMark[], brackets: readonly Bracket[]): Uint8Array {
  const bracketed = new Uint8Array(marks.length);
  for (const { open, end, close } of brackets) {
    bracketed[open] = 1;
    bracketed[close] = 1;
    if (end !== undefined) bracketed[end] = 1;
  }
  return bracketed;
}

/** Whether nothing at all happened between a START and that of the next invocation: such a one was printed while nothing ran. */
function isIdle(marks: readonly LifecycleMark[], index: number): boolean {
  const [mark, next] = [marks[index] as LifecycleMark, marks[index + 1]];
  return next?.kind === 'start' && next.position === mark.position + 1;
}

/** Whether another part of the same request stands right beside the mark. */
function hasOwnPart(marks: readonly LifecycleMark[], index: number): boolean {
  const mark = marks[index] as LifecycleMark;
  const isPart = (beside: LifecycleMark | undefined) =>
    beside?.requestId === mark.requestId && beside?.kind !== mark.kind;
  return isPart(marks[index - 1]) || isPart(marks[index + 1]);
}

/** For each mark the nearest wanted one before (`step` 1) or after it (`step` -1) within the neighbourhood, or -1. */
function neighbours(marks: readonly LifecycleMark[], isWanted: (index: number) => boolean, step: 1 | -1): Int32Array {
  const nearest = new Int32Array(marks.length).fill(-1);
  let last = -1;
  for (let index = step === 1 ? 0 : marks.length - 1; index >= 0 && index < marks.length; index += step) {
    if (last !== -1) {
      const distance = Math.abs((marks[index] as LifecycleMark).timestamp - (marks[last] as LifecycleMark).timestamp);
      if (distance <= NEIGHBOURHOOD_MS) nearest[index] = last;
    }
    if (isWanted(index)) last = index;
  }
  return nearest;
}

/** 1 where a sign of initialisation stands between the mark and the bracket before it. */
function initialisations(
  { records, events }: StreamRecords,
  marks: readonly LifecycleMark[],
  bracketed: Uint8Array,
): Uint8Array {
  const found = new Uint8Array(marks.length);
  let initAt = Number.NEGATIVE_INFINITY;
  let position = 0;
  for (let index = 0; index < marks.length; index++) {
    const mark = marks[index] as LifecycleMark;
    for (; position < mark.position; position++) {
      if (isInitRecord(records[position])) initAt = (events[position] as LogEvent).timestamp;
    }
    if (bracketed[index] === 1) initAt = Number.NEGATIVE_INFINITY;
    else if (mark.timestamp - initAt <= NEIGHBOURHOOD_MS) found[index] = 1;
  }
  return found;
}
