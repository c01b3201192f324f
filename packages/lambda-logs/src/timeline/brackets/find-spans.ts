import type { LogEvent } from '../../log-batch.ts';
import type { LogFormat } from '../../records/log-record.ts';
import { lifecycleMarks, type StreamRecords } from '../stream-records.ts';
import type { Bracket } from './bracket.ts';
import { type Bracketing, findBrackets } from './find-brackets.ts';
import { type InvocationSpan, invocationSpan, type LifecycleMark } from './invocation-span.ts';
import { NEIGHBOURHOOD_MS } from './neighbourhood.ts';
import { plausibleMarks } from './plausible-marks.ts';
import { withoutEchoes } from './without-echoes.ts';

export interface FoundSpans {
  readonly spans: readonly InvocationSpan[];
  /** The format that the platform writes in this stream; records of the other one are the application's. Absent where both count. */
  readonly format?: LogFormat;
}

/** The invocations of an execution environment's own stream: brackets first, then what the brackets left over. */
export function findSpans(stream: StreamRecords): FoundSpans {
  const marks = lifecycleMarks(stream);
  const json = marks.filter(({ format }) => format === 'json');
  const text = json.length === 0 ? marks : marks.filter(({ format }) => format === 'text');
  const asText = findBrackets(text, 'text');
  if (json.length === 0) return { spans: spansOf(stream, text, asText), format: 'text' };
  const asJson = findBrackets(json, 'json');
  // An environment writes one format only: the one whose brackets leave fewer records unexplained, of either format.
  const textCost = asText.cost + 100 * countOutside(json, text, asText.brackets);
  const jsonCost = asJson.cost + 100 * countOutside(text, json, asJson.brackets);
  const isText = text.length > 0 && textCost <= jsonCost;
  return isText
    ? { spans: spansOf(stream, text, asText), format: 'text' }
    : { spans: spansOf(stream, json, asJson), format: 'json' };
}

function countOutside(
  marks: readonly LifecycleMark[],
  own: readonly LifecycleMark[],
  brackets: readonly Bracket[],
): number {
  const positionOf = (index: number) => (own[index] as LifecycleMark).position;
  let next = 0;
  let outside = 0;
  for (const { position } of marks) {
    while (next < brackets.length && positionOf((brackets[next] as Bracket).close) < position) next++;
    const bracket = brackets[next];
    if (bracket === undefined || positionOf(bracket.open) > position) outside++;
  }
  return outside;
}

function spansOf(stream: StreamRecords, marks: readonly LifecycleMark[], bracketing: Bracketing): InvocationSpan[] {
  const possible = withoutPrintedByInit(stream, marks, bracketing);
  const { brackets, loose } = withoutEchoes(marks, withoutReportless(marks, possible));
  const spans = brackets.map(({ open, end, close }) =>
    invocationSpan((marks[open] as LifecycleMark).requestId, {
      start: (marks[open] as LifecycleMark).position,
      end: end === undefined ? undefined : (marks[end] as LifecycleMark).position,
      report: (marks[close] as LifecycleMark).position,
    }),
  );
  if (loose.length === 0) return spans;
  return adopt(plausibleMarks(stream, marks, brackets, loose), spans, stream).sort((a, b) => a.first - b.first);
}

/** The first invocation after an initialisation is the one that reports it: whole ones that stand between were printed by its code. */
function withoutPrintedByInit(
  { events, records }: StreamRecords,
  marks: readonly LifecycleMark[],
  bracketing: Bracketing,
): Bracketing {
  const { brackets } = bracketing;
  const kept: Bracket[] = [];
  for (const bracket of brackets) {
    const { position, timestamp } = marks[bracket.open] as LifecycleMark;
    const before = kept.at(-1);
    if (marks[bracket.close]?.initDurationMs !== undefined && before !== undefined) {
      let init = position - 1;
      const isNear = () => init >= 0 && timestamp - (events[init] as LogEvent).timestamp <= NEIGHBOURHOOD_MS;
      while (isNear() && records[init]?.kind !== 'init-start') init--;
      while (isNear() && (marks[kept.at(-1)?.open ?? -1]?.position ?? -1) > init) kept.pop();
    }
    kept.push(bracket);
  }
  return kept.length === brackets.length ? bracketing : { ...bracketing, brackets: kept };
}

/** A START and END without a REPORT prove no invocation yet: they are judged by their company, like orphans. */
function withoutReportless(marks: readonly LifecycleMark[], { brackets, orphans }: Bracketing) {
  const reportless = brackets.filter(({ close }) => marks[close]?.kind === 'end');
  if (reportless.length === 0) return { brackets, loose: orphans };
  const loose = [...orphans, ...reportless.flatMap(({ open, close }) => [open, close])].sort((a, b) => a - b);
  return { brackets: brackets.filter(({ close }) => marks[close]?.kind === 'report'), loose };
}

/**
 * Puts orphans together by request: an END that clock skew moved out of its bracket goes back, the rest becomes spans that lack a part.
 */
export function adopt(
  orphans: readonly LifecycleMark[],
  spans: readonly InvocationSpan[],
  { events }: StreamRecords,
): InvocationSpan[] {
  const found = [...spans];
  const openById = new Map<string, number>();
  found.forEach((span, index) => {
    if (span.end === undefined || span.report === undefined) openById.set(span.requestId, index);
  });
  for (const { requestId, kind, position, timestamp } of orphans) {
    const index = openById.get(requestId);
    const span = index === undefined ? undefined : (found[index] as InvocationSpan);
    const isNear =
      span !== undefined && Math.abs((events[span.first] as LogEvent).timestamp - timestamp) <= NEIGHBOURHOOD_MS;
    if (index !== undefined && span !== undefined && isNear && span[kind] === undefined) {
      found[index] = invocationSpan(requestId, { ...span, [kind]: position });
    } else {
      openById.set(requestId, found.length);
      found.push(invocationSpan(requestId, { [kind]: position }));
    }
  }
  return found;
}
