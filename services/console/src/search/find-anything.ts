import type { SearchHit, WatchedFunction } from '@lamplighter/contracts';
import { cutText } from '@lamplighter/contracts/cut-text';
import { eachOf } from '../api/each-of.ts';
import { answerIfAny, expectAnswer } from '../api/expect-answer.ts';
import { listen } from '../api/listen.ts';
import { lookUntil } from '../domain/look-until.ts';
import { searchTerms } from '../domain/search-terms.ts';
import type { SearchPort, SearchScope, Services, TextSearchPort } from '../ports.ts';
import { functionsIn } from './known-functions.ts';

const HOUR_MS = 3_600_000;
const MOST_HITS = 50;
/** Functions whose newest messages tell the streams there are. */
const MOST_FUNCTIONS = 100;
const MOST_STREAMS = 20;

/**
 * Finds whatever a text may mean: a request or a message by its id, however old, and a function by a part of its name, from what the query
 * functions answer; anything else by the text search that is deployed. What looks like a request's id and is none may be an order's: it is
 * looked for as text.
 */
export function findAnything(services: Services, textSearch: TextSearchPort, now: () => number): SearchPort {
  return async (given, scope = {}) => {
    const terms = searchTerms(given);
    const request = terms.requestId === undefined ? undefined : await requestHit(services, terms.requestId);
    if (request !== undefined) return { hits: [request] };
    const heard = listen(services);
    const { functions, hasMore } = await functionsIn(heard.services, scope, now);
    const [messages, texts] = await Promise.all([
      terms.message ? messageHits(heard.services, terms.message, functions, now()) : [],
      textSearch(terms.text, scope),
    ]);
    const hits = [...messages, ...functionHits(functions, terms.text), ...texts.hits].slice(
      0,
      scope.limit ?? MOST_HITS,
    );
    const notes = [hasMore && onlyFirst(functions), nobody(scope, functions, hasMore), texts.note].filter(
      (note) => typeof note === 'string',
    );
    const unanswered = [...new Set([...heard.unanswered(), ...(texts.unanswered ?? [])])];
    return { hits, ...(notes.length > 0 && { note: notes.join(' ') }), ...(unanswered.length > 0 && { unanswered }) };
  };
}

/** Nothing of none: then ingestion did not answer at all, which is told as such. */
const onlyFirst = ({ length }: readonly WatchedFunction[]): string | false =>
  length > 0 && `Only the first ${length.toLocaleString('en')} functions were looked through.`;

/** A name that is written otherwise finds nothing: that is told apart from a function that wrote nothing of it. */
const nobody = (
  { functionName }: SearchScope,
  functions: readonly WatchedFunction[],
  hasMore: boolean,
): string | false =>
  functionName !== undefined && functions.length === 0 && !hasMore && `No function ${functionName} was ever seen.`;

/** @throws ProblemError where the audit did not say whether there is such a request: not to be found is something else. */
async function requestHit({ audit }: Services, requestId: string): Promise<SearchHit | undefined> {
  const asked = await audit({ kind: 'by-request', requestId });
  const isAbsent = asked.kind === 'not-deployed' || answerIfAny(asked, 'not-found') !== undefined;
  if (isAbsent) return undefined;
  const { functionName, status, errorMessage } = expectAnswer('ingestion', asked, 'story').story.invocation;
  const detail = errorMessage === undefined ? status : `${status}: ${cutText(errorMessage, 200)}`;
  return { kind: 'request', requestId, detail, ...(functionName && { functionName }) };
}

async function messageHits(
  { audit }: Services,
  { stream, sequenceNumber }: { readonly stream?: string; readonly sequenceNumber: string },
  functions: readonly WatchedFunction[],
  now: number,
): Promise<SearchHit[]> {
  const streams = stream === undefined ? await recentStreams({ audit }, functions, now) : [stream];
  const answers = await eachOf(streams, (name) =>
    audit({ kind: 'by-sequence', stream: name, sequenceNumber, limit: 10 }),
  );
  return answers
    .flatMap((asked) => answerIfAny(asked, 'messages')?.messages ?? [])
    .map(({ requestId, stream: of, sequenceNumber: number, functionName = 'a function', status }) => ({
      kind: 'message',
      requestId,
      stream: of,
      sequenceNumber: number,
      detail: `${functionName}: ${status}`,
    }));
}

/** Streams that the last hour's invocations read from. */
async function recentStreams(
  { audit }: Pick<Services, 'audit'>,
  functions: readonly WatchedFunction[],
  now: number,
): Promise<string[]> {
  const until = lookUntil(now);
  const answers = await eachOf(functions.slice(0, MOST_FUNCTIONS), ({ functionName, accountId, region }) =>
    audit({ kind: 'by-function', functionName, accountId, region, since: until - HOUR_MS, until, limit: 20 }),
  );
  const streams = answers
    .flatMap((asked) => answerIfAny(asked, 'invocations')?.invocations ?? [])
    .flatMap(({ messages }) => messages.map(({ stream }) => stream));
  return [...new Set(streams)].slice(0, MOST_STREAMS);
}

function functionHits(functions: readonly WatchedFunction[], text: string): SearchHit[] {
  return functions
    .filter(({ functionName }) => has(functionName, text))
    .slice(0, 10)
    .map(({ functionName, accountId, region }) => ({
      kind: 'function',
      functionName,
      accountId,
      region,
      detail: `${accountId}, ${region}`,
    }));
}

const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
