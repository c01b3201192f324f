import { mergeStored } from '../domain/migration/merge-stored.ts';
import { migrationObjects } from '../domain/migration/migration-objects.ts';
import type { MergeReport } from '../domain/migration/reports.ts';
import type { LivePages, MergedStore, MigrationFiles } from '../migration-ports.ts';
import type { ItineraryReport, StoredItinerary } from '../ports.ts';

export interface MergeLiveDeps {
  readonly files: MigrationFiles;
  readonly live: LivePages;
  readonly store: MergedStore;
  readonly report: Pick<ItineraryReport, 'upsert'>;
}

/** A page of a segment that was merged; without `next` the segment is done. */
export interface MergeProgress {
  readonly segment: number;
  readonly segments: number;
  readonly seen: number;
  readonly written: number;
  readonly next?: string;
}

/**
 * Brings one page of the live table's itineraries into the new table, each joined with what history says of it. A
 * repetition finds nothing to do, so it runs as often as writes come to the old table.
 */
export async function mergeLive(
  progress: MergeProgress,
  migrationId: string,
  deps: MergeLiveDeps,
): Promise<MergeProgress> {
  const { segment, segments } = progress;
  const { items, next } = await deps.live(segment, segments, progress.next);
  const outcomes = await Promise.all(items.map((item) => mergeOne(item, deps.store)));
  // Also what the table had already: a crash may have come between table and database.
  if (outcomes.length > 0) await deps.report.upsert(outcomes.map(({ row }) => row));
  const written = outcomes.filter(({ isWritten }) => isWritten);
  const { next: _, ...counts } = progress;
  const done = { ...counts, seen: progress.seen + items.length, written: progress.written + written.length };
  if (next !== undefined) return { ...done, next };
  const report: MergeReport = { segment, seen: done.seen, written: done.written };
  await deps.files.writeJson(migrationObjects(migrationId).mergeReport(segment), report);
  return done;
}

interface Outcome {
  readonly row: StoredItinerary;
  readonly isWritten: boolean;
}

async function mergeOne(live: StoredItinerary, store: MergedStore): Promise<Outcome> {
  for (;;) {
    const before = await store.get(live.itinerary.confirmation);
    const merged = before === undefined ? live : mergeStored(live, before);
    if (merged === undefined) return { row: before!, isWritten: false };
    if ((await store.replace(merged, before)) === 'stored') return { row: merged, isWritten: true };
  }
}
