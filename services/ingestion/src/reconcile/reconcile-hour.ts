import { CompletenessMeasured, type WatchedFunction } from '@lamplighter/contracts';
import { idempotencyKey } from '@lamplighter/lambda-kit';
import { type Counts, completenessHour, completenessPct, gapsOf, HOUR_MS, totalOf } from '../domain/completeness.ts';
import type { TimeRange } from '../domain/time-range.ts';
import { UnreadableLogGroup } from '../domain/unreadable-log-group.ts';
import { type IngestDeps, ingestBatch } from '../ingest/ingest-batch.ts';
import type { AuditReaderPort, LedgerHour, LedgerPort, LogGroupReaderPort, PublishPort } from '../ports.ts';
import { countAudited } from './count-audited.ts';

export interface ReconcileDeps {
  readonly ingest: IngestDeps;
  readonly audit: Pick<AuditReaderPort, 'byFunction' | 'retried'>;
  readonly ledger: LedgerPort;
  readonly readLogGroup: LogGroupReaderPort;
  readonly publish: PublishPort;
  readonly ledgerDays: number;
  /** Waits until the indexes have caught up: they are eventually consistent, and a backfill is counted right after it was written. */
  readonly pause: () => Promise<void>;
}

const DAY_SECONDS = 86_400;

/**
 * One function's hour: compares what was audited with what CloudWatch says was invoked, reads the missing minutes from the log group through
 * the very parser that the doors use, and records what it found before and after. A loss is recorded before it is repaired: a run that is
 * broken off in between is taken up by the next one, which would find nothing missing, and still tells the loss. A log group that may not be
 * read is told with the hour.
 */
export async function reconcileHour(
  watched: WatchedFunction,
  hour: number,
  invoked: Counts,
  deps: ReconcileDeps,
): Promise<number> {
  const range = { from: hour, to: hour + HOUR_MS - 1 };
  const wanted = totalOf(invoked);
  const [known] = await deps.ledger.hours(watched, { from: hour, to: hour });
  const found = await countAudited(watched, range, { invoked, audit: deps.audit });
  const before = Math.min(totalOf(found), known?.backfillFrom ?? Number.POSITIVE_INFINITY);
  const backfilled = known?.backfilled ?? 0;
  const record = (audited: number, more: Pick<LedgerHour, 'backfilled' | 'backfillFrom' | 'unreadable'>) =>
    deps.ledger.record(watched, { ...completenessHour(hour, wanted, audited), ...more }, expiryOf(hour, deps));

  const gaps = totalOf(found) < wanted ? gapsOf(invoked, found) : [];
  if (gaps.length > 0) {
    await record(before, { backfilled, backfillFrom: before });
  }
  const isReadable = await backfillAll(watched, gaps, deps);
  const audited = gaps.length > 0 ? await countBackfilled(watched, { range, wanted, invoked }, deps) : totalOf(found);
  await publish(watched, { hour, wanted, before, audited }, deps);
  // Last of all: an hour that is recorded as complete is not looked at again.
  await record(audited, {
    backfilled: backfilled + Math.max(0, audited - before),
    ...(isReadable ? {} : { unreadable: true }),
  });
  return completenessPct(wanted, audited);
}

/** Whether the log group could be read; one that may not be is a gap that is told, and holds up nobody's round. */
async function backfillAll(
  watched: WatchedFunction,
  gaps: readonly TimeRange[],
  deps: ReconcileDeps,
): Promise<boolean> {
  try {
    for (const gap of gaps) await backfill(watched, gap, deps);
    return true;
  } catch (error) {
    if (error instanceof UnreadableLogGroup) return false;
    throw error;
  }
}

async function backfill(watched: WatchedFunction, gap: TimeRange, deps: ReconcileDeps): Promise<void> {
  const { accountId: owner, logGroup } = watched;
  for await (const { logStream, events } of deps.readLogGroup(logGroup, gap))
    await ingestBatch({ owner, logGroup, logStream, subscriptionFilters: [], events }, deps.ingest, { repair: true });
}

async function countBackfilled(
  watched: WatchedFunction,
  { range, wanted, invoked }: { readonly range: TimeRange; readonly wanted: number; readonly invoked: Counts },
  { audit, pause }: Pick<ReconcileDeps, 'audit' | 'pause'>,
): Promise<number> {
  const audited = totalOf(await countAudited(watched, range, { invoked, audit }));
  if (audited >= wanted) return audited;
  await pause();
  return totalOf(await countAudited(watched, range, { invoked, audit }));
}

interface Found {
  readonly hour: number;
  readonly wanted: number;
  readonly before: number;
  readonly audited: number;
}

async function publish(
  { accountId, region, functionName }: WatchedFunction,
  { hour, wanted, before, audited }: Found,
  deps: ReconcileDeps,
): Promise<void> {
  await deps.publish([
    CompletenessMeasured.entry(
      {
        accountId,
        region,
        functionName,
        hour,
        invoked: wanted,
        auditedBeforeBackfill: before,
        audited,
        completenessPctBeforeBackfill: completenessPct(wanted, before),
        completenessPct: completenessPct(wanted, audited),
      },
      idempotencyKey(accountId, region, functionName, hour, wanted, before, audited),
    ),
  ]);
}

function expiryOf(hour: number, { ledgerDays }: ReconcileDeps): number {
  return Math.ceil(hour / 1000) + ledgerDays * DAY_SECONDS;
}
