import { functionOf, type LogBatch } from '@lamplighter/lambda-logs';
import {
  type MessageScope,
  messageItems,
  messageKeyOf,
  type Owner,
  storedAttempt,
  type TimeRange,
} from '../domain/audit-item.ts';
import { type Derivation, deriveAttempts, type ShownRequest } from '../domain/derive-attempts.ts';
import { type StreamSource, streamIdOf } from '../domain/stream-id.ts';
import { chunksOf, eventsOf, type TimelineChunk } from '../domain/timeline-chunk.ts';
import type { ArchivePort, AuditWriterPort, LedgerPort, TimelinePort } from '../ports.ts';

export interface IngestDeps {
  readonly region: string;
  readonly auditDays: number;
  readonly timeline: TimelinePort;
  readonly audit: AuditWriterPort;
  readonly ledger: Pick<LedgerPort, 'register'>;
  readonly archive: ArchivePort;
}

/** An attempt lasts at most 15 minutes (Lambda quotas); one more for clocks that differ and lines that come late. */
const REACH_MS = 16 * 60_000;
/** Deliveries of one stream that meet again and again are a defect or an attack; Lambda's retry takes over. */
const MAX_ROUNDS = 20;
const DAY_SECONDS = 86_400;

/**
 * One delivery into the audit. The evidence is kept first, then the stream's neighbourhood is read and the audit derived from it, then the
 * neighbourhood is read once more: where another delivery of the same stream came between, everything is derived again. Each step may be
 * repeated or broken off anywhere; a repetition ends in the same items.
 */
export async function ingestBatch(batch: LogBatch, deps: IngestDeps): Promise<void> {
  if (batch.events.length === 0) return;
  const source: StreamSource = {
    owner: batch.owner,
    region: deps.region,
    logGroup: batch.logGroup,
    logStream: batch.logStream,
  };
  const streamId = streamIdOf(source);
  const chunks = chunksOf(batch.events);
  const timestamps = batch.events.map((event) => event.timestamp);
  const touched = { from: Math.min(...timestamps) - REACH_MS, to: Math.max(...timestamps) + REACH_MS };
  const visible = { from: touched.from - REACH_MS, to: touched.to + REACH_MS };

  await deps.archive(batch, deps.region);
  const expiresAt = Math.ceil(touched.to / 1000) + deps.auditDays * DAY_SECONDS;
  const outcomes = await Promise.all(chunks.map((chunk) => deps.timeline.put(streamId, chunk, expiresAt)));
  let everything = outcomes.includes('known');

  let seen = await deps.timeline.read(streamId, visible);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const own = new Set(chunks.map((chunk) => chunk.key));
    const known = eventsOf(seen.filter((chunk) => !own.has(chunk.key)));
    const derivation = deriveAttempts({ source, delivered: eventsOf(chunks), known, everything });
    await writeDerivation(derivation, { source, range: touched, deps });
    const now = await deps.timeline.read(streamId, visible);
    if (sameChunks(seen, now)) return;
    seen = now;
    everything = true;
  }
  throw new Error(`${streamId} changed under each of ${MAX_ROUNDS} derivations`);
}

interface WriteScope {
  readonly source: StreamSource;
  readonly range: TimeRange;
  readonly deps: IngestDeps;
}

async function writeDerivation(derivation: Derivation, { source, range, deps }: WriteScope): Promise<void> {
  const { functionName } = functionOf(source);
  const owner: Owner = {
    accountId: source.owner,
    region: source.region,
    ...(functionName === undefined ? {} : { functionName }),
  };
  if (derivation.size > 0)
    await deps.ledger.register({ ...owner, functionName: functionName ?? source.logGroup, logGroup: source.logGroup });
  await eachOf([...derivation], async ([requestId, shown]) => {
    const attempts = shown.attempts.map((one) => storedAttempt(one, source, owner));
    await deps.audit.replaceAttempts({ requestId, streamId: streamIdOf(source), range, attempts });
    await writeMessages(requestId, shown, { source, owner, range, auditDays: deps.auditDays }, deps.audit);
  });
}

async function writeMessages(
  requestId: string,
  shown: ShownRequest,
  scope: MessageScope,
  audit: AuditWriterPort,
): Promise<void> {
  const streamId = streamIdOf(scope.source);
  const items = messageItems(requestId, shown.attempts, scope);
  for (const item of items) await audit.putMessage(item, scope.range);
  const current = new Set(items.map((item) => item.sk));
  const former = shown.formerMessages
    ? shown.formerMessages.map((message) => messageKeyOf(message, streamId))
    : (await audit.messagesOf(requestId, streamId))
        .filter(({ at }) => at >= scope.range.from && at <= scope.range.to)
        .map(({ sk }) => sk);
  for (const key of new Set(former)) if (!current.has(key)) await audit.deleteMessage(requestId, key);
}

/** Writes in flight at once: enough to hide the round trip, few enough for the connection pool. */
const CONCURRENCY = 32;

async function eachOf<Item>(items: readonly Item[], effect: (item: Item) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length) await effect(items[next++]!);
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(CONCURRENCY, items.length) }, lane));
  const failed = lanes.find((lane) => lane.status === 'rejected');
  if (failed) throw failed.reason;
}

function sameChunks(a: readonly TimelineChunk[], b: readonly TimelineChunk[]): boolean {
  if (a.length !== b.length) return false;
  const keys = new Set(a.map((chunk) => chunk.key));
  return b.every((chunk) => keys.has(chunk.key));
}
