import type { AuditAnswer, AuditQuery, InvocationSummary } from '@lamplighter/contracts';
import { InputError } from '../input-error.ts';
import type { AuditMessage } from './render/render-lists.ts';
import type { AuditSource } from './source/audit-source.ts';

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

/** Asks, and gives the answer where it is of a kind that is expected. */
export async function ask<K extends AuditAnswer['kind']>(
  source: AuditSource,
  query: AuditQuery,
  ...expected: readonly K[]
): Promise<Extract<AuditAnswer, { kind: K }>> {
  const answer = await source.ask(query);
  if ((expected as readonly string[]).includes(answer.kind)) return answer as Extract<AuditAnswer, { kind: K }>;
  if (answer.kind === 'invalid-query')
    throw new InputError(
      'usage',
      `${source.name} does not take the question: ${answer.reason}.`,
      'See lamplighter audit --help.',
    );
  throw new Error(`${source.name} did not answer ${query.kind}: it answered ${answer.kind}`);
}
