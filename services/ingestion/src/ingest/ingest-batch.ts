import { functionOf, type LogBatch } from '@lamplighter/lambda-logs';
import { beginOf } from '../domain/attributed-attempt.ts';
import { type Derivation, deriveAttempts, type ShownRequest } from '../domain/derive-attempts.ts';
import { type MessageScope, messageItems, messageKeyOf } from '../domain/message-item.ts';
import { type Owner, storedAttempt } from '../domain/stored-attempt.ts';
import { type StreamSource, streamIdOf } from '../domain/stream-id.ts';
import type { TimeRange } from '../domain/time-range.ts';
import { chunkReader, chunksOf, eventsOf, type TimelineChunk } from '../domain/timeline-chunk.ts';
import { touchedMinutes } from '../domain/windows/touched-minutes.ts';
import type { ArchivePort, AuditWriterPort, ItemChange, LedgerPort, TimelinePort } from '../ports.ts';
import type { ClosingScheduler } from '../windows/closing-scheduler.ts';
import { eachOf } from './each-of.ts';
import { streamView } from './stream-view.ts';

export interface IngestDeps {
  readonly region: string;
  readonly auditDays: number;
  readonly timeline: TimelinePort;
  readonly audit: AuditWriterPort;
  readonly ledger: Pick<LedgerPort, 'register'>;
  readonly archive: ArchivePort;
  readonly closings: ClosingScheduler;
}

/** Deliveries of one stream that meet again and again are a defect or an attack; Lambda's retry takes over. */
const MAX_ROUNDS = 20;
const DAY_SECONDS = 86_400;

/**
 * One delivery into the archive, and into the audit whatever becomes of that. The evidence is kept first, then the stream's neighbourhood is read and the audit derived from it, then the
 * neighbourhood is read once more: where another delivery of the same stream came between, this one is derived again. Each step may be
 * repeated or broken off anywhere; a repetition, which shows by its evidence being there, derives the whole neighbourhood and ends in the same items. A `repair` trusts nothing that was derived before: deliveries that
 * failed for good may have left their evidence, and nothing else. Of what it brings it keeps only the evidence that is not there yet, and only what it can archive:
 * the log group is read again, and nobody else would know what the archive lacks.
 */
export async function ingestBatch(batch: LogBatch, deps: IngestDeps, { repair = false } = {}): Promise<void> {
  if (batch.events.length === 0) return;
  const { owner, logGroup, logStream } = batch;
  const source: StreamSource = { owner, region: deps.region, logGroup, logStream };
  const streamId = streamIdOf(source);
  const news = repair ? await withoutKnown(batch, streamId, deps) : batch;
  const [archived] = await Promise.allSettled([news.events.length > 0 ? deps.archive(news, deps.region) : undefined]);
  if (archived.status === 'fulfilled' || !repair) await auditBatch(batch, news, { source, repair }, deps);
  if (archived.status === 'rejected') throw archived.reason;
}

interface Delivery {
  readonly source: StreamSource;
  readonly repair: boolean;
}

async function auditBatch(
  batch: LogBatch,
  news: LogBatch,
  { source, repair }: Delivery,
  deps: IngestDeps,
): Promise<void> {
  const streamId = streamIdOf(source);
  const delivered = eventsOf(chunksOf(batch.events));

  const chunks = chunksOf(news.events);
  const expiresAt = Math.ceil(delivered.at(-1)!.timestamp / 1000) + deps.auditDays * DAY_SECONDS;
  const outcomes = await Promise.all(chunks.map((chunk) => deps.timeline.put(streamId, chunk, expiresAt)));
  const everything = repair || outcomes.includes('known');

  const read = chunkReader();
  const written = new Map<string, ShownRequest>();
  const touched: Touched = new Map();
  const own = new Set(chunks.map((chunk) => chunk.key));
  const scope = { source, delivered, everything, timeline: deps.timeline, read };
  const changes = { source, deps, touched };
  let view = await streamView(scope);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const known = read(view.chunks.filter((chunk) => !own.has(chunk.key)));
    const derivation = deriveAttempts({ source, delivered, known, everything: everything && round === 0, written });
    await telling(changes, writeDerivation(derivation, { ...changes, range: view.settled }));
    for (const [requestId, shown] of derivation) written.set(requestId, within(view.settled, shown));
    const now = await deps.timeline.read(streamId, view.visible);
    if (sameChunks(view.chunks, now)) return scheduleClosings(changes);
    view = await streamView(scope, view);
  }
  throw new Error(`${streamId} changed under each of ${MAX_ROUNDS} derivations`);
}

/** What was really written: a view writes nothing outside the times for which it tells the truth. */
function within({ from, to }: TimeRange, { attempts }: ShownRequest): ShownRequest {
  return { attempts: attempts.filter((one) => beginOf(one) >= from && beginOf(one) <= to) };
}

/** Without the events that the timeline has: those have been archived too, or their delivery came again until it was set aside. */
async function withoutKnown(batch: LogBatch, streamId: string, { timeline }: IngestDeps): Promise<LogBatch> {
  const times = batch.events.map(({ timestamp }) => timestamp);
  const range = { from: times.reduce((a, b) => Math.min(a, b)), to: times.reduce((a, b) => Math.max(a, b)) };
  const known = new Set(eventsOf(await timeline.read(streamId, range)).map(({ id }) => id));
  return { ...batch, events: batch.events.filter(({ id }) => !known.has(id)) };
}

interface WriteScope {
  readonly source: StreamSource;
  readonly range: TimeRange;
  readonly deps: IngestDeps;
  /** Collects the minutes whose windows the writing changes. */
  readonly touched: Touched;
}

/** Minutes by function, a log group where it names none. */
type Touched = Map<string, Set<number>>;

type Changes = Pick<WriteScope, 'source' | 'deps' | 'touched'>;

async function scheduleClosings({ source, touched, deps }: Changes): Promise<void> {
  const owner = functionOwnerOf(source);
  for (const [functionName, minutes] of touched) await deps.closings.changed({ ...owner, functionName }, minutes);
}

/** Where one request cannot be written, the minutes of those that could be are told all the same: the delivery may never get through. */
async function telling(changes: Changes, writing: Promise<void>): Promise<void> {
  const [outcome] = await Promise.allSettled([writing]);
  if (outcome.status === 'fulfilled') return;
  await scheduleClosings(changes);
  throw outcome.reason;
}

/**
 * Notes the minutes that a change bears on. An item lies under one function: where streams of several show its request, as when one prints
 * another's, the change may have moved it, and bears on all minutes of all of them.
 */
function touch(touched: Touched, change: ItemChange, streamId: string, functionName: string): void {
  const all = [...(change.before?.attempts ?? []), ...(change.after?.attempts ?? [])];
  const names = new Set([functionName, ...all.map((attempt) => attempt.functionName ?? attempt.logGroup)]);
  const attempts = names.size > 1 ? all : all.filter((attempt) => attempt.streamId === streamId);
  for (const name of names) {
    const minutes = touched.get(name) ?? new Set();
    for (const minute of attempts.flatMap(touchedMinutes)) minutes.add(minute);
    touched.set(name, minutes);
  }
}

/** Whose windows a stream's attempts belong to; a log group that names no function stands for itself. */
function functionOwnerOf(source: StreamSource): Required<Owner> {
  const functionName = functionOf(source).functionName ?? source.logGroup;
  return { accountId: source.owner, region: source.region, functionName };
}

async function writeDerivation(derivation: Derivation, { source, range, deps, touched }: WriteScope): Promise<void> {
  const { functionName } = functionOf(source);
  const owner: Owner = {
    accountId: source.owner,
    region: source.region,
    ...(functionName === undefined ? {} : { functionName }),
  };
  const functionOwner = functionOwnerOf(source);
  const streamId = streamIdOf(source);
  if (derivation.size > 0) await deps.ledger.register({ ...functionOwner, logGroup: source.logGroup });
  await eachOf([...derivation], async ([requestId, shown]) => {
    const attempts = shown.attempts.map((one) => storedAttempt(one, source, owner));
    const beforeLoss = (minutes: readonly number[]) => deps.closings.losing(functionOwner, minutes);
    const change = await deps.audit.replaceAttempts({ requestId, streamId, range, attempts, beforeLoss });
    touch(touched, change, streamId, functionOwner.functionName);
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

function sameChunks(a: readonly TimelineChunk[], b: readonly TimelineChunk[]): boolean {
  if (a.length !== b.length) return false;
  const keys = new Set(a.map((chunk) => chunk.key));
  return b.every((chunk) => keys.has(chunk.key));
}
