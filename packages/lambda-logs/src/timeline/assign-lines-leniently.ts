import type { LogEvent } from '../log-batch.ts';
import { claimOf, type Owners, ownerInGap } from './assign-lines.ts';
import type { InvocationSpan } from './brackets/invocation-span.ts';
import { NEIGHBOURHOOD_MS, OPEN_MS } from './brackets/neighbourhood.ts';
import { partitionPoint } from './brackets/partition-point.ts';
import { isInitRecord, type StreamRecords } from './stream-records.ts';

/** Of one environment, whose lines name its own requests: what names one that is not seen belongs to none that is. */
export interface LenientOptions {
  readonly isEnvironment: boolean;
}

/** Claims of ids first; then the one invocation that was running; where several ran, or none, a line without a claim is nobody's. */
export function assignLinesLeniently(
  stream: StreamRecords,
  spans: readonly InvocationSpan[],
  { isEnvironment }: LenientOptions,
): Owners {
  const owners = new Int32Array(stream.events.length).fill(-1);
  const byId = Map.groupBy(spans.keys(), (index) => (spans[index] as InvocationSpan).requestId);
  const isOwn = ownRecords(spans);
  const endsAt = new Map(closedSpans(spans));
  const runningClosed = new Set<number>();
  /** By their beginning, so that those which have lasted too long are the first ones. */
  const runningOpen: number[] = [];
  let tooOld = 0;
  let next = 0;
  let before = -1;
  let initialisedAt: number | undefined;
  for (let position = 0; position < owners.length; position++) {
    if (isInitRecord(stream.records[position])) initialisedAt = (stream.events[position] as LogEvent).timestamp;
    while (next < spans.length && (spans[next] as InvocationSpan).first === position) {
      if (isOpen(spans[next] as InvocationSpan)) runningOpen.push(next);
      else runningClosed.add(next);
      next++;
      initialisedAt = undefined;
    }
    owners[position] = ownerOf(position);
    const ended = endsAt.get(position);
    if (ended !== undefined && runningClosed.delete(ended)) before = ended;
  }
  return owners;

  function ownerOf(position: number): number {
    const claimed = nearestClaimed(position);
    if (claimed !== -1) return claimed;
    if (isEnvironment && isUuid(claimOf(stream, position))) return -1;
    return (
      runningAt((stream.events[position] as LogEvent).timestamp) ??
      ownerInGap(stream, spans, { position, initialisedAt, before, after: next < spans.length ? next : -1 })
    );
  }

  /** The one that was running, -1 where several were, undefined where none was. Those that were closed know better. */
  function runningAt(timestamp: number): number | undefined {
    if (runningClosed.size > 0) return runningClosed.size === 1 ? runningClosed.values().next().value : -1;
    while (tooOld < runningOpen.length && timestamp - startOf(runningOpen[tooOld] as number) > OPEN_MS) tooOld++;
    return runningOpen.length - tooOld > 1 ? -1 : runningOpen[tooOld];
  }

  function startOf(index: number): number {
    return (stream.events[(spans[index] as InvocationSpan).first] as LogEvent).timestamp;
  }

  /** A START, END or REPORT that no span has was printed: it speaks for nobody. */
  function isLifecycle(position: number): boolean {
    const kind = stream.records[position]?.kind;
    return kind === 'start' || kind === 'end' || kind === 'report';
  }

  function nearestClaimed(position: number): number {
    const claim = isLifecycle(position) && !isOwn.has(position) ? undefined : claimOf(stream, position);
    const claimed = claim === undefined ? undefined : byId.get(claim);
    if (claimed === undefined) return -1;
    const { timestamp } = stream.events[position] as LogEvent;
    // Attempts of one request follow one another: only the last that began before the line and the first after it can be nearest.
    const later = partitionPoint(
      claimed.length,
      (at) => (spans[claimed[at] as number] as InvocationSpan).first > position,
    );
    const beside = claimed.slice(Math.max(later - 1, 0), later + 1);
    let best = -1;
    let bestDistance = NEIGHBOURHOOD_MS + 1;
    for (const index of beside) {
      const distance = distanceTo(spans[index] as InvocationSpan, position, timestamp);
      if (distance < bestDistance) {
        best = index;
        bestDistance = distance;
      }
    }
    return best;
  }

  function distanceTo({ first, last }: InvocationSpan, position: number, timestamp: number): number {
    if (position >= first && position <= last) return 0;
    const edge = (stream.events[position < first ? first : last] as LogEvent).timestamp;
    return Math.abs(edge - timestamp) + 1;
  }
}

function ownRecords(spans: readonly InvocationSpan[]): ReadonlySet<number | undefined> {
  const own = new Set<number | undefined>();
  for (const { start, end, report } of spans) own.add(start).add(end).add(report);
  return own;
}

/** Position of each closed span's last record -> the span. */
function* closedSpans(spans: readonly InvocationSpan[]): Iterable<[position: number, span: number]> {
  for (const [index, span] of spans.entries()) if (!isOpen(span)) yield [span.last, index];
}

/** What applications call a request id otherwise, a caller's or a cart's, names nobody's invocation. */
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const isUuid = (id: string | undefined): boolean => id !== undefined && UUID.test(id);

const isOpen = ({ end, report }: InvocationSpan): boolean => end === undefined && report === undefined;
