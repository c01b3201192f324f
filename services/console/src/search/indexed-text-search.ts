import type { SearchHit } from '@lamplighter/contracts';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import { wordsOf } from '../domain/search-document.ts';
import type { Found, SearchIndexPort, SearchScope, TextSearchPort } from '../ports.ts';

const HOUR_MS = 3_600_000;
const MOST_HITS = 50;
/** Those of one function are picked from so many: an index tells no function apart. */
const MOST_OF_ALL = 1_000;
const SLEEPING =
  'The search index does not answer: it sleeps when nobody asks, and takes half a minute to wake. What stands here was found without it.';
const failedAsToldBy = (functionName: string): string =>
  `The search index refused or failed, as the log of ${functionName} tells. What stands here was found without it.`;
const ONE_FUNCTION_IN_PART = `Of what matches, the index told the newest ${MOST_OF_ALL.toLocaleString('en')} lines of all functions: older ones of this function are not among them. A longer text or another time finds them.`;
/** The archive hands lines over up to a quarter of an hour late, and what is as new was not looked for everywhere. */
const NEWEST_IN_PART = 'Of the last quarter of an hour, not every log group was looked through.';

export interface IndexedSearchDeps {
  readonly index: Pick<SearchIndexPort, 'find'>;
  /** Looks through the last hour. */
  readonly recent: TextSearchPort;
  readonly logger: Pick<StructuredLogger, 'error'>;
  /** The function in whose log it stands why the index failed. */
  readonly loggedBy: string;
  readonly now: () => number;
}

/**
 * Searches the index, and what is too new for it by `recent`: the archive hands lines over up to a quarter of an hour late. What both know is
 * told once.
 */
export function indexedTextSearch({ recent, now, ...asking }: IndexedSearchDeps): TextSearchPort {
  return async (text, scope = {}) => {
    const newest = newestOf(scope, now());
    const [indexed, { note, ...fresh }] = await Promise.all([
      asked(asking, wordsOf(text), scope),
      newest === undefined ? NOTHING : recent(text, newest),
    ]);
    const notes = [indexed.note, indexed.hasAnswered ? note && NEWEST_IN_PART : note];
    const said = notes.filter((one) => one !== undefined && one !== '').join(' ');
    return { ...fresh, hits: onceEach([...fresh.hits, ...indexed.hits]), ...(said !== '' && { note: said }) };
  };
}

const NOTHING: Found = { hits: [] };

/** The last hour of what is wanted; undefined where that is longer ago. */
function newestOf(scope: SearchScope, now: number): SearchScope | undefined {
  const hourAgo = now - HOUR_MS;
  if (scope.until !== undefined && scope.until <= hourAgo) return undefined;
  return scope.since === undefined ? scope : { ...scope, since: Math.max(scope.since, hourAgo) };
}

async function asked(
  { index, logger, loggedBy }: Pick<IndexedSearchDeps, 'index' | 'logger' | 'loggedBy'>,
  words: string,
  { functionName, since, until, limit = MOST_HITS }: SearchScope,
): Promise<Found & { readonly hasAnswered: boolean }> {
  if (words === '') return { hits: [], hasAnswered: true };
  try {
    const most = functionName === undefined ? limit : MOST_OF_ALL;
    const found = await index.find(words, most, {
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until }),
    });
    const hits = found.map((hit) => JSON.parse(hit) as SearchHit);
    if (functionName === undefined) return { hits, hasAnswered: true };
    const written = linesOf(functionName, hits);
    const isInPart = found.length === MOST_OF_ALL && written.length < limit;
    return { hits: written.slice(0, limit), hasAnswered: true, ...(isInPart && { note: ONE_FUNCTION_IN_PART }) };
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') return { hits: [], note: SLEEPING, hasAnswered: false };
    logger.error('the search index failed', { error: String(error) });
    return { hits: [], note: failedAsToldBy(loggedBy), hasAnswered: false };
  }
}

const linesOf = (functionName: string, hits: readonly SearchHit[]): SearchHit[] =>
  hits.filter((hit) => hit.kind === 'line' && hit.functionName === functionName);

function onceEach(hits: readonly SearchHit[]): SearchHit[] {
  const told = new Map(hits.toReversed().map((hit) => [keyOf(hit), hit]));
  return [...told.values()].reverse();
}

const keyOf = (hit: SearchHit): string => {
  if (hit.kind === 'finding') return hit.findingId;
  if (hit.kind === 'line') return `${hit.functionName} ${hit.at} ${hit.requestId ?? hit.detail}`;
  return JSON.stringify(hit);
};
