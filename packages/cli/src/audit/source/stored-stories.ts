import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditAnswer, AuditQuery, InvocationStory, InvocationSummary } from '@lamplighter/contracts';
import { type Call, windowsOfCalls } from '../../findings/windows-of-calls.ts';
import { InputError } from '../../input-error.ts';
import { collectAll } from '../collect-all.ts';
import { nearestIds } from '../nearest-ids.ts';
import type { AuditSource } from './audit-source.ts';
import { jsonLines } from './json-lines.ts';
import { INDEX, type IndexEntry, STORIES } from './store-stories.ts';

/** Reads what {@link storeStories} kept. Throws {@link InputError} `no-replay` where there is nothing. */
export async function storedAuditSource(folder: string): Promise<AuditSource> {
  await assertThere(folder);
  const entries = await collectAll(jsonLines<IndexEntry>(join(folder, INDEX)));
  return { name: 'the last replay', isLocal: true, ask: (query) => answer(folder, entries, query) };
}

/** Every story that {@link storeStories} kept, in their order. Throws {@link InputError} `no-replay` where there is nothing. */
export async function* storedStories(folder: string): AsyncGenerator<InvocationStory> {
  await assertThere(folder);
  yield* jsonLines<InvocationStory>(join(folder, STORIES));
}

async function assertThere(folder: string): Promise<void> {
  await stat(join(folder, INDEX)).catch((cause: unknown) => {
    throw new InputError(
      'no-replay',
      'There is no audit to look at.',
      'Run `lamplighter replay FILE...` first, or name a deployment: --endpoint URL, --region R or --stage S.',
      { cause },
    );
  });
}

async function answer(folder: string, entries: readonly IndexEntry[], query: AuditQuery): Promise<AuditAnswer> {
  switch (query.kind) {
    case 'by-request':
      return storyOf(folder, entries, query.requestId);
    case 'by-function':
      return pageOf(invocationsOf(entries, query), query);
    case 'by-sequence':
      return { kind: 'messages', messages: messagesOf(entries, query) };
    case 'functions':
      return { kind: 'functions', functions: functionsOf(entries) };
    case 'windows':
      return { kind: 'windows', windows: await windowsIn(folder, entries, query) };
    default:
      return { kind: 'invalid-query', reason: `a replay keeps no ${query.kind}` };
  }
}

async function storyOf(folder: string, entries: readonly IndexEntry[], requestId: string): Promise<AuditAnswer> {
  const entry = entries.find(({ invocation }) => invocation.requestId === requestId);
  if (!entry)
    return {
      kind: 'not-found',
      nearest: nearestIds(
        requestId,
        entries.map(({ invocation }) => invocation.requestId),
      ),
    };
  const file = await open(join(folder, STORIES));
  try {
    const { buffer } = await file.read(Buffer.alloc(entry.length), 0, entry.length, entry.offset);
    return { kind: 'story', story: JSON.parse(buffer.toString('utf8')) };
  } finally {
    await file.close();
  }
}

function invocationsOf(
  entries: readonly IndexEntry[],
  query: Extract<AuditQuery, { kind: 'by-function' }>,
): InvocationSummary[] {
  const { functionName, since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = query;
  return entries
    .map(({ invocation }) => invocation)
    .filter(
      (each) =>
        each.functionName === functionName && (each.startedAt ?? since) >= since && (each.startedAt ?? since) < until,
    );
}

/** All of them where no limit is named: what a replay keeps fits in memory. A cursor is the place of the next one. */
function pageOf(
  invocations: readonly InvocationSummary[],
  { limit = Number.POSITIVE_INFINITY, cursor = '0', newestFirst }: Extract<AuditQuery, { kind: 'by-function' }>,
): AuditAnswer {
  const from = Number(cursor);
  const ordered = newestFirst ? invocations.toReversed() : invocations;
  const page = ordered.slice(from, from + limit);
  const next = from + page.length;
  return { kind: 'invocations', invocations: page, ...(next < ordered.length && { cursor: String(next) }) };
}

function messagesOf(entries: readonly IndexEntry[], query: Extract<AuditQuery, { kind: 'by-sequence' }>) {
  const { stream, sequenceNumber } = query;
  return entries
    .flatMap(({ invocation }) => invocation.messages.map((message) => ({ message, invocation })))
    .filter(
      ({ message }) =>
        isStream(message.stream, stream) && (sequenceNumber === undefined || message.sequenceNumber === sequenceNumber),
    )
    .sort((a, b) => bySequenceNumber(a.message.sequenceNumber, b.message.sequenceNumber))
    .map(({ message, invocation: { requestId, functionName, status } }) => ({
      ...message,
      requestId,
      ...(functionName === undefined ? {} : { functionName }),
      status,
    }));
}

/** Minutes count executions: requests that were tried more than once are read as a whole. */
async function windowsIn(
  folder: string,
  entries: readonly IndexEntry[],
  query: Extract<AuditQuery, { kind: 'windows' }>,
) {
  const { functionName, since, until } = query;
  const calls: Call[] = [];
  for (const { invocation } of entries.filter((entry) => entry.invocation.functionName === functionName)) {
    const { requestId } = invocation;
    const retried = invocation.attempts > 1 ? await storyOf(folder, entries, requestId) : undefined;
    const attempts = retried?.kind === 'story' ? retried.story.attempts : [invocation];
    calls.push(...attempts.map((attempt) => ({ ...attempt, requestId })));
  }
  return windowsOfCalls(functionName, calls, since, until);
}

/** A stream is named by its ARN or by the name at the end of it. */
function isStream(logged: string, asked: string): boolean {
  return logged === asked || logged.endsWith(`/${asked}`) || logged.endsWith(`:${asked}`);
}

/** Sequence numbers are decimal numbers of any length: the longer is the larger. */
function bySequenceNumber(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function functionsOf(entries: readonly IndexEntry[]) {
  const functions = new Map(
    entries.flatMap(({ invocation: { functionName, accountId, region, logGroup } }) =>
      functionName === undefined
        ? []
        : [[`${accountId}/${region}/${logGroup}`, { functionName, accountId, region, logGroup }] as const],
    ),
  );
  return [...functions.values()];
}
