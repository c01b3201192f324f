import { AnomalyDetected, type Finding } from '@lamplighter/contracts';
import type { Span } from '@lamplighter/diagnosis';
import * as z from 'zod';
import { spread } from '../src/adapters/spread.ts';
import { spansOfSegment } from '../src/adapters/xray-segment.ts';
import { assessNews } from '../src/assess/assess-news.ts';
import { byFunction } from '../src/domain/news/function-news.ts';
import { newsOfEvent } from '../src/domain/news/news-of-event.ts';
import { MemoryDeps } from './memory-deps.ts';

/** A line of what `pnpm bench faults` keeps. */
export const RecordedLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), event: z.looseObject({ caughtAt: z.number() }) }),
  z.object({ kind: z.literal('trace'), id: z.string(), documents: z.array(z.string()) }),
  z.object({ kind: z.literal('fault'), name: z.string(), onset: z.number(), endedAt: z.number() }),
]);
export type RecordedLine = z.infer<typeof RecordedLine>;

/** A finding as it was told, and when. */
export interface ToldFinding {
  readonly change: 'opened' | 'updated' | 'resolved';
  readonly finding: Finding;
  readonly at: number;
}

const HOUR_MS = 3_600_000;

/** What the service tells of a recorded run: its events in the order in which they came, each with the traces that lay before it. */
export async function replayRun(lines: readonly RecordedLine[]): Promise<readonly ToldFinding[]> {
  const memory = new MemoryDeps();
  const told: ToldFinding[] = [];
  const traces = tracesIn(lines);
  const deps = { ...memory.deps, traces: tracesBefore(traces, () => memory.now) };
  for (const [at, events] of batchesOf(lines)) {
    memory.now = at;
    const news = byFunction(events.flatMap((event) => newsOfEvent(event) ?? []));
    for (const one of news) await assessNews(one, deps);
    for (const { Detail } of memory.published.splice(0)) {
      const parsed = AnomalyDetected.parse(JSON.parse(Detail));
      told.push({ ...parsed.data, at });
    }
  }
  return told;
}

interface RecordedTrace {
  readonly startMs: number;
  readonly endMs: number;
  readonly services: ReadonlySet<string>;
  readonly spans: readonly Span[];
}

function tracesIn(lines: readonly RecordedLine[]): RecordedTrace[] {
  const byId = new Map(lines.flatMap((line) => (line.kind === 'trace' ? [[line.id, line.documents] as const] : [])));
  return [...byId].flatMap(([id, documents]) => {
    const spans = documents.flatMap((document) => spansOfSegment(id, document));
    if (spans.length === 0) return [];
    const startMs = Math.min(...spans.map((span) => span.startMs));
    const endMs = Math.max(...spans.map((span) => span.startMs + span.durationMs));
    return [{ startMs, endMs, services: new Set(spans.map(({ service }) => service)), spans }];
  });
}

/** As the adapter of X-Ray's API gives them. */
const tracesBefore =
  (traces: readonly RecordedTrace[], now: () => number): MemoryDeps['deps']['traces'] =>
  async ({ functionName }, { onset, until, limit }) => {
    const own = traces.filter(({ services, endMs }) => services.has(functionName) && endMs <= now());
    const within = (from: number, to: number) =>
      spread(
        own.filter(({ startMs }) => startMs >= from && startMs < to),
        limit,
      );
    const after = within(onset, until);
    if (after.length === 0) return { spans: [] };
    return { spans: [...within(onset - HOUR_MS, onset), ...after].flatMap(({ spans }) => spans) };
  };

/** Events that came together are a batch of the queue's. */
function batchesOf(lines: readonly RecordedLine[]): Map<number, unknown[]> {
  const events = lines.flatMap((line) => (line.kind === 'event' ? [line.event] : []));
  const batches = new Map<number, unknown[]>();
  for (const event of events.sort((a, b) => a.caughtAt - b.caughtAt))
    batches.set(event.caughtAt, [...(batches.get(event.caughtAt) ?? []), event]);
  return batches;
}
