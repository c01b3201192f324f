import type { AuditAnswer, AuditQuery, InvocationStory, InvocationSummary } from '@lamplighter/contracts';
import { nearestIds } from './nearest-ids.ts';
import type { AuditMessage } from './render/render-lists.ts';
import type { AuditSource } from './source/audit-source.ts';

/** What was asked for is not there. */
export interface NotFound {
  readonly kind: 'not-found';
  /** Request ids that are there and look alike. */
  readonly nearest: readonly string[];
}

/** The story of a request, by its id or by the beginning of it where only one id begins so. */
export async function askStory(
  source: AuditSource,
  requestId: string,
): Promise<{ kind: 'story'; story: InvocationStory } | NotFound> {
  const answer = await ask(source, { kind: 'by-request', requestId }, 'story', 'not-found');
  if (answer.kind === 'story') return answer;
  const nearest = answer.nearest.length > 0 ? answer.nearest : await scanForNearest(source, requestId);
  const completions = nearest.filter((id) => id.toLowerCase().startsWith(requestId.toLowerCase()));
  const [only] = completions;
  if (completions.length !== 1 || only === undefined) return { kind: 'not-found', nearest };
  return ask(source, { kind: 'by-request', requestId: only }, 'story', 'not-found');
}

/** Most invocations that are looked through for an id that looks alike. */
const SCANNED = 5_000;
const PAGE = 1_000;

/** A deployed audit finds ids as a whole only: looks through its invocations, as far as that is quick. */
async function scanForNearest(source: AuditSource, requestId: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { functionName, accountId, region } of askFunctions(source)) {
    for await (const invocation of askInvocations(source, { functionName, accountId, region, limit: PAGE })) {
      ids.push(invocation.requestId);
      if (ids.length === SCANNED) return nearestIds(requestId, ids);
    }
  }
  return nearestIds(requestId, ids);
}

/** Every invocation of a function in a range, oldest first. */
export async function* askInvocations(
  source: AuditSource,
  query: Omit<Extract<AuditQuery, { kind: 'by-function' }>, 'kind' | 'cursor'>,
): AsyncGenerator<InvocationSummary> {
  let cursor: string | undefined;
  do {
    const page = await ask(
      source,
      { kind: 'by-function', ...query, ...(cursor === undefined ? {} : { cursor }) },
      'invocations',
    );
    yield* page.invocations;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** Messages of a stream in their incoming order; those with one sequence number where it is given. */
export async function* askMessages(
  source: AuditSource,
  stream: string,
  sequenceNumber?: string,
): AsyncGenerator<AuditMessage> {
  const query = { kind: 'by-sequence' as const, stream, ...(sequenceNumber === undefined ? {} : { sequenceNumber }) };
  let cursor: string | undefined;
  do {
    const page = await ask(source, { ...query, ...(cursor === undefined ? {} : { cursor }) }, 'messages');
    yield* page.messages;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** Names of every function that was ever seen, with where it lives. */
export async function* askFunctions(
  source: AuditSource,
): AsyncGenerator<Extract<AuditAnswer, { kind: 'functions' }>['functions'][number]> {
  let cursor: string | undefined;
  do {
    const page = await ask(source, { kind: 'functions', ...(cursor === undefined ? {} : { cursor }) }, 'functions');
    yield* page.functions;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

async function ask<K extends AuditAnswer['kind']>(
  source: AuditSource,
  query: AuditQuery,
  ...expected: readonly K[]
): Promise<Extract<AuditAnswer, { kind: K }>> {
  const answer = await source.ask(query);
  if ((expected as readonly string[]).includes(answer.kind)) return answer as Extract<AuditAnswer, { kind: K }>;
  const told = answer.kind === 'invalid-query' ? answer.reason : `it answered ${answer.kind}`;
  throw new Error(`${source.name} did not answer ${query.kind}: ${told}`);
}
