import * as z from 'zod';
import { type MergeLiveDeps, type MergeProgress, mergeLive } from '../../migration/merge-live.ts';
import { readPlan } from '../../migration/plan-migration.ts';
import type { MergedStore } from '../../migration-ports.ts';

const count = z.number().int().min(0);
const eventSchema = z.object({
  migrationId: z.string(),
  progress: z.object({ segment: count, segments: count, seen: count, written: count, next: z.string().optional() }),
});

export interface MergePagesDeps extends Omit<MergeLiveDeps, 'store'> {
  /** The table that the migration made. */
  readonly storeOf: (table: string) => MergedStore;
  /** Milliseconds that this invocation has left. */
  readonly remainingMs: () => number;
}

/** What is kept back for the page under way. */
const RESERVE_MS = 60_000;

/** Merges pages of a segment while there is time; says where to go on, or that it is done. */
export async function mergePages(
  event: unknown,
  { storeOf, ...deps }: MergePagesDeps,
): Promise<MergeProgress & { readonly isDone: boolean }> {
  const { migrationId, progress } = eventSchema.parse(event);
  const { order } = await readPlan(migrationId, deps.files);
  const { next, ...begun } = progress;
  let current: MergeProgress = next === undefined ? begun : { ...begun, next };
  do current = await mergeLive(current, migrationId, { ...deps, store: storeOf(order.table) });
  while (current.next !== undefined && deps.remainingMs() > RESERVE_MS);
  return { ...current, isDone: current.next === undefined };
}
