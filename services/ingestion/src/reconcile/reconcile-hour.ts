import { CompletenessMeasured, type WatchedFunction } from '@lamplighter/contracts';
import { idempotencyKey } from '@lamplighter/lambda-kit';
import { type Counts, completenessHour, completenessPct, gapsOf, HOUR_MS, totalOf } from '../domain/completeness.ts';
import { isKnownFruitless, oneMoreFruitless } from '../domain/fruitless-backfill.ts';
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

/** When an hour is looked at, and whether there is time to read on in its log group. */
export interface Looking {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly hasTime: () => boolean;
}

const DAY_SECONDS = 86_400;

/**
 * One function's hour: compares what was audited with what CloudWatch says was invoked, reads the missing minutes from the log group through
 * the very parser that the doors use, and records what it found before and after. A loss is recorded before it is repaired: a run that is
 * broken off in between is taken up by the next one, which would find nothing missing, and still tells the loss. A log group that may not be
 * read is told with the hour; a gap that is not in it is remembered, and not read every hour again.
 */
export async function reconcileHour(
  watched: WatchedFunction,
  { hour, invoked }: { readonly hour: number; readonly invoked: Counts },
  looking: Looking,
  deps: ReconcileDeps,
): Promise<number> {
  const range = { from: hour, to: hour + HOUR_MS - 1 };
  const wanted = totalOf(invoked);
  const [known] = await deps.ledger.hours(watched, { from: hour, to: hour });
  const found = await countAudited(watched, range, { invoked, audit: deps.audit });
  const isShort = totalOf(found) < wanted;
  if (isShort && isKnownFruitless(known, { invoked: wanted, audited: totalOf(found) }, looking.now))
    return completenessPct(wanted, totalOf(found));
  const before = Math.min(totalOf(found), known?.backfillFrom ?? Number.POSITIVE_INFINITY);
  const backfilled = known?.backfilled ?? 0;
  const record = (audited: number, more: Omit<LedgerHour, keyof ReturnType<typeof completenessHour>> & Backfilled) =>
    deps.ledger.record(watched, { ...completenessHour(hour, wanted, audited), ...more }, expiryOf(hour, deps));

  const gaps = isShort ? gapsOf(invoked, found) : [];
  if (gaps.length > 0) await record(before, { backfilled, backfillFrom: before });
  const reading = await backfillAll(watched, gaps, looking, deps);
  const audited = gaps.length > 0 ? await countBackfilled(watched, { range, wanted, invoked }, deps) : totalOf(found);
  await publish(watched, { hour, wanted, before, audited }, deps);
  const isFruitless = gaps.length > 0 && reading === 'whole' && audited === totalOf(found);
  // Last of all: an hour that is recorded as complete is not looked at again.
  await record(audited, {
    backfilled: backfilled + Math.max(0, audited - before),
    ...(reading === 'unreadable' ? { unreadable: true } : {}),
    ...(isFruitless ? { fruitless: oneMoreFruitless(known, { invoked: wanted, audited }, looking.now) } : {}),
  });
  return completenessPct(wanted, audited);
}

type Backfilled = Pick<LedgerHour, 'backfilled'>;

/** How far gaps could be read: a log group that may not be read is a gap that is told, and holds up nobody's round; so is one that takes too long. */
async function backfillAll(
  watched: WatchedFunction,
  gaps: readonly TimeRange[],
  { hasTime }: Looking,
  deps: ReconcileDeps,
): Promise<'whole' | 'in-part' | 'unreadable'> {
  try {
    for (const gap of gaps) if (!(await backfill(watched, gap, hasTime, deps))) return 'in-part';
    return 'whole';
  } catch (error) {
    if (error instanceof UnreadableLogGroup) return 'unreadable';
    throw error;
  }
}

async function backfill(
  watched: WatchedFunction,
  gap: TimeRange,
  hasTime: () => boolean,
  deps: ReconcileDeps,
): Promise<boolean> {
  const { accountId: owner, logGroup } = watched;
  for await (const { logStream, events } of deps.readLogGroup(logGroup, gap)) {
    if (!hasTime()) return false;
    await ingestBatch({ owner, logGroup, logStream, subscriptionFilters: [], events }, deps.ingest, { repair: true });
  }
  return true;
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
