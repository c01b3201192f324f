import type { SearchHit, WatchedFunction } from '@lamplighter/contracts';
import { cutText } from '@lamplighter/contracts/cut-text';
import { holdsText } from '@lamplighter/contracts/holds-text';
import { eachUntil } from '../api/each-until.ts';
import { answerIfAny, expectAnswer } from '../api/expect-answer.ts';
import { listen } from '../api/listen.ts';
import { lookUntil } from '../domain/look-until.ts';
import { searchTerms } from '../domain/search-terms.ts';
import type { Found, SearchPort, SearchScope, Services, TextSearchPort } from '../ports.ts';
import { errorHits } from './error-hits.ts';
import { functionsIn } from './known-functions.ts';
import { type Range, rangeOf } from './search-range.ts';

const HOUR_MS = 3_600_000;
const MOST_HITS = 50;
/** Functions whose newest messages tell the streams there are. */
const MOST_FUNCTIONS = 100;
const MOST_STREAMS = 20;
const NO_TIME_FOR_MESSAGE = 'There was no time to look for the message.';
const NO_TIME_FOR_STREAMS =
  'There was no time to look for the message in all streams: write the stream before its number.';

export interface SearchTime {
  /** Longest wait for what the audit knows of messages and errors, ms. */
  readonly auditMs: number;
  readonly now: () => number;
}

/**
 * Finds whatever a text may mean: a request or a message by its id, however old, a function by a part of its name and an error by a part of its
 * text, from what the query functions answer; anything else by the text search that is deployed. What looks like a request's id and is none may
 * be an order's: it is looked for as text.
 */
export function findAnything(services: Services, textSearch: TextSearchPort, { auditMs, now }: SearchTime): SearchPort {
  return async (given, scope = {}) => {
    const terms = searchTerms(given);
    const request = terms.requestId === undefined ? undefined : await requestHit(services, terms.requestId);
    if (request !== undefined) return { hits: [request] };
    const heard = listen(services);
    const { functions, hasMore } = await functionsIn(heard.services, scope, now);
    const { text } = terms;
    const end = AbortSignal.timeout(auditMs);
    const [messages, errors, texts] = await Promise.all([
      terms.message ? messageHits(heard.services, terms.message, functions, { now: now(), end }) : NOTHING,
      errorHits(heard.services, { text, functions, range: minutesOf(scope, now()), end }),
      textSearch(text, scope),
    ]);
    const hits = [...messages.hits, ...functionHits(functions, text), ...errors.hits, ...texts.hits].slice(
      0,
      scope.limit ?? MOST_HITS,
    );
    const whole = [hasMore && onlyFirst(functions), nobody(scope, functions, hasMore)];
    const notes = [...whole, messages.note, errors.note, texts.note].filter((note) => typeof note === 'string');
    const unanswered = [...new Set([...heard.unanswered(), ...(texts.unanswered ?? [])])];
    return { hits, ...(notes.length > 0 && { note: notes.join(' ') }), ...(unanswered.length > 0 && { unanswered }) };
  };
}

const NOTHING: Found = { hits: [] };

/** Of the last hour its end stays the same for half a minute, so that an answer that is kept is asked for. */
const minutesOf = (scope: SearchScope, now: number): Range =>
  rangeOf(scope, scope.since === undefined && scope.until === undefined ? lookUntil(now) : now);

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

interface Look {
  readonly now: number;
  /** From then on nothing is asked for. */
  readonly end: AbortSignal;
}

async function messageHits(
  { audit }: Services,
  { stream, sequenceNumber }: { readonly stream?: string; readonly sequenceNumber: string },
  functions: readonly WatchedFunction[],
  look: Look,
): Promise<Found> {
  const { streams, isWhole } =
    stream === undefined ? await recentStreams({ audit }, functions, look) : { streams: [stream], isWhole: true };
  const answers = await eachUntil(streams, look.end, (name) =>
    audit({ kind: 'by-sequence', stream: name, sequenceNumber, limit: 10 }),
  );
  const hits: SearchHit[] = answers
    .flatMap((asked) => (asked && answerIfAny(asked, 'messages')?.messages) ?? [])
    .map(({ requestId, stream: of, sequenceNumber: number, functionName = 'a function', status }) => ({
      kind: 'message',
      requestId,
      stream: of,
      sequenceNumber: number,
      detail: `${functionName}: ${status}`,
    }));
  const note = stream === undefined ? NO_TIME_FOR_STREAMS : NO_TIME_FOR_MESSAGE;
  return { hits, ...((!isWhole || answers.includes(undefined)) && { note }) };
}

/** Streams that the last hour's invocations read from. */
async function recentStreams(
  { audit }: Pick<Services, 'audit'>,
  functions: readonly WatchedFunction[],
  { now, end }: Look,
): Promise<{ readonly streams: readonly string[]; readonly isWhole: boolean }> {
  const until = lookUntil(now);
  const answers = await eachUntil(functions.slice(0, MOST_FUNCTIONS), end, ({ functionName, accountId, region }) =>
    audit({ kind: 'by-function', functionName, accountId, region, since: until - HOUR_MS, until, limit: 20 }),
  );
  const streams = answers
    .flatMap((asked) => (asked && answerIfAny(asked, 'invocations')?.invocations) ?? [])
    .flatMap(({ messages }) => messages.map(({ stream }) => stream));
  return { streams: [...new Set(streams)].slice(0, MOST_STREAMS), isWhole: !answers.includes(undefined) };
}

function functionHits(functions: readonly WatchedFunction[], text: string): SearchHit[] {
  return functions
    .filter(({ functionName }) => holdsText(functionName, text))
    .slice(0, 10)
    .map(({ functionName, accountId, region }) => ({
      kind: 'function',
      functionName,
      accountId,
      region,
      detail: `${accountId}, ${region}`,
    }));
}
