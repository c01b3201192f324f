import { CompletenessMeasured, type WatchedFunction } from '@lamplighter/contracts';
import { idempotencyKey } from '@lamplighter/lambda-kit';
import { type Counts, completenessHour, completenessPct, gapsOf, HOUR_MS, totalOf } from '../domain/completeness.ts';
import { type IngestDeps, ingestBatch } from '../ingest/ingest-batch.ts';
import type { AuditReaderPort, LedgerPort, LogGroupReaderPort, PublishPort } from '../ports.ts';
import { countAudited } from './count-audited.ts';

export interface ReconcileDeps {
  readonly ingest: IngestDeps;
  readonly audit: Pick<AuditReaderPort, 'byFunction' | 'retried'>;
  readonly ledger: LedgerPort;
  readonly readLogGroup: LogGroupReaderPort;
  readonly publish: PublishPort;
  readonly ledgerDays: number;
}

const DAY_SECONDS = 86_400;

/**
 * One function's hour: compares what was audited with what CloudWatch says was invoked, reads the missing minutes from the log group through
 * the very parser that the doors use, and records what it found before and after.
 */
export async function reconcileHour(
  watched: WatchedFunction,
  hour: number,
  invoked: Counts,
  deps: ReconcileDeps,
): Promise<number> {
  const range = { from: hour, to: hour + HOUR_MS - 1 };
  const before = await countAudited(watched, range, deps.audit);
  const wanted = totalOf(invoked);
  const gaps = totalOf(before) < wanted ? gapsOf(invoked, before) : [];
  for (const gap of gaps) {
    for await (const { logStream, events } of deps.readLogGroup(watched.logGroup, gap)) {
      const batch = {
        owner: watched.accountId,
        logGroup: watched.logGroup,
        logStream,
        subscriptionFilters: [],
        events,
      };
      await ingestBatch(batch, deps.ingest);
    }
  }
  const audited = gaps.length === 0 ? totalOf(before) : totalOf(await countAudited(watched, range, deps.audit));
  await record(watched, { hour, wanted, before: totalOf(before), audited }, deps);
  return completenessPct(wanted, audited);
}

interface Found {
  readonly hour: number;
  readonly wanted: number;
  readonly before: number;
  readonly audited: number;
}

async function record(
  watched: WatchedFunction,
  { hour, wanted, before, audited }: Found,
  deps: ReconcileDeps,
): Promise<void> {
  const expiresAt = Math.ceil(hour / 1000) + deps.ledgerDays * DAY_SECONDS;
  const { accountId, region, functionName } = watched;
  const [known] = await deps.ledger.hours(watched, { from: hour, to: hour });
  const measured = {
    ...completenessHour(hour, wanted, audited),
    backfilled: (known?.backfilled ?? 0) + Math.max(0, audited - before),
  };
  await deps.ledger.record(watched, measured, expiresAt);
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
