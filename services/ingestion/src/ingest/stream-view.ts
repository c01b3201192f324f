import { functionOf, type LogEvent } from '@lamplighter/lambda-logs';
import { type Attributed, attributed } from '../domain/attributed-attempt.ts';
import { firstConcerned, firstRunningAt, isAnyOpen } from '../domain/concurrent-range.ts';
import { settledFrom } from '../domain/settled-from.ts';
import { type StreamSource, streamIdOf } from '../domain/stream-id.ts';
import type { TimeRange } from '../domain/time-range.ts';
import type { chunkReader, TimelineChunk } from '../domain/timeline-chunk.ts';
import type { TimelinePort } from '../ports.ts';

/** An attempt lasts at most 15 minutes (Lambda quotas); one more for clocks that differ and lines that come late. */
const REACH_MS = 16 * 60_000;
/** How far back a busy stream is read at first. */
const NEAR_MS = 2 * 60_000;
/** How much of a concurrent stream is read before the first attempt that is written, for what it shares its time with. */
const CONTEXT_MS = 60_000;

/** What was read of a stream, and the times for which it tells the truth. */
export interface StreamView {
  readonly chunks: readonly TimelineChunk[];
  readonly visible: TimeRange;
  readonly settled: TimeRange;
  readonly isConcurrent: boolean;
}

export interface ViewScope {
  readonly source: StreamSource;
  /** In order. */
  readonly delivered: readonly LogEvent[];
  /** Whether all that lies around the delivery is derived, and not only what the delivery changes. */
  readonly everything: boolean;
  readonly timeline: Pick<TimelinePort, 'read'>;
  readonly read: ReturnType<typeof chunkReader>;
}

/**
 * As much of a stream as a delivery needs. Of an environment that runs one invocation at a time the last minutes, where they are context
 * enough, as in a busy stream that is delivered in order; else the whole. One that runs many at once is never read whole, for it may be as
 * busy as a hundred others: its lines bear the ids of their requests, and the delivery's own attempts with a minute before them are context
 * enough. A view of `before` is only ever widened.
 */
export async function streamView(scope: ViewScope, before?: StreamView): Promise<StreamView> {
  const { source, everything } = scope;
  const { first, last } = timesOf(scope);
  const isEnvironment = functionOf({ logGroup: '', logStream: source.logStream }).version !== undefined;
  if (!isEnvironment || before?.isConcurrent === false) return wholeView(scope);
  const near = { from: first - NEAR_MS, to: last + (everything ? 2 * NEAR_MS : 2 * REACH_MS) };
  const visible = unionOf(near, before?.visible);
  const chunks = await readChunks(scope, visible);
  const seen = show(scope, chunks);
  if (seen.isConcurrent) return concurrentView(scope, { chunks, visible, seen }, before?.settled);
  const from = everything || before ? undefined : settledFrom(seen.attempts, first);
  if (from === undefined) return wholeView(scope);
  return { chunks, visible, settled: { from, to: last + REACH_MS }, isConcurrent: false };
}

/** All that can bear on a delivery: what an attempt of it may reach, and as much again, so that each of those is seen whole. */
async function wholeView(scope: ViewScope): Promise<StreamView> {
  const { first, last } = timesOf(scope);
  const settled = { from: first - REACH_MS, to: last + REACH_MS };
  const visible = { from: settled.from - REACH_MS, to: settled.to + REACH_MS };
  return { chunks: await readChunks(scope, visible), visible, settled, isConcurrent: false };
}

interface Seen {
  readonly chunks: readonly TimelineChunk[];
  readonly visible: TimeRange;
  readonly seen: Attributed;
}

async function concurrentView(scope: ViewScope, near: Seen, before: TimeRange | undefined): Promise<StreamView> {
  const { last } = timesOf(scope);
  const to = last + (scope.everything ? NEAR_MS : REACH_MS);
  const { chunks, visible, seen } = await widened(scope, near, to);
  const concerned = firstConcerned(seen.attempts, scope.delivered);
  const from = Math.max(visible.from, firstRunningAt(seen.attempts, concerned));
  return { chunks, visible, settled: unionOf({ from, to }, before), isConcurrent: true };
}

/** Back to before the first attempt concerned, and forward to the end of those that are still open: once, and only as far as one may last. */
async function widened(scope: ViewScope, near: Seen, settledTo: number): Promise<Seen> {
  const { first } = timesOf(scope);
  const concerned = firstConcerned(near.seen.attempts, scope.delivered);
  const isShort = concerned - CONTEXT_MS < near.visible.from;
  const wanted = {
    from: isShort ? Math.max(concerned - NEAR_MS, first - 2 * REACH_MS) : near.visible.from,
    to: isAnyOpen(near.seen.attempts, settledTo) ? settledTo + REACH_MS : near.visible.to,
  };
  const visible = unionOf(near.visible, wanted);
  if (visible.from === near.visible.from && visible.to === near.visible.to) return near;
  const chunks = await readChunks(scope, visible);
  return { chunks, visible, seen: show(scope, chunks) };
}

const timesOf = ({ delivered }: ViewScope): { readonly first: number; readonly last: number } => ({
  first: delivered[0]!.timestamp,
  last: delivered.at(-1)!.timestamp,
});

const readChunks = ({ source, timeline }: ViewScope, visible: TimeRange): Promise<readonly TimelineChunk[]> =>
  timeline.read(streamIdOf(source), visible);

const show = ({ source, read }: ViewScope, chunks: readonly TimelineChunk[]): Attributed =>
  attributed(read(chunks), source);

const unionOf = (a: TimeRange, b: TimeRange = a): TimeRange => ({
  from: Math.min(a.from, b.from),
  to: Math.max(a.to, b.to),
});
