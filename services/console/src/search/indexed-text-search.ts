import type { StructuredLogger } from '@lamplighter/lambda-kit';
import { wordsOf } from '../domain/search-document.ts';
import type { SearchHit } from '../domain/search-hit.ts';
import type { Found, SearchIndexPort, TextSearchPort } from '../ports.ts';

const MOST_HITS = 50;
const SLEEPING =
  'The search index does not answer: it sleeps when nobody asks, and takes half a minute to wake. What stands here was found without it.';
const FAILED =
  'The search index refused or failed, as the log of answer-request tells. What stands here was found without it.';
/** The archive hands lines over up to a quarter of an hour late, and what is as new was not looked for everywhere. */
const NEWEST_IN_PART = 'Of the last quarter of an hour, not every log group was looked through.';

/**
 * Searches the index, and what is too new for it by `recent`: the archive hands lines over up to a quarter of an hour late. What both know is
 * told once.
 */
export function indexedTextSearch(
  index: Pick<SearchIndexPort, 'find'>,
  recent: TextSearchPort,
  logger: Pick<StructuredLogger, 'error'>,
): TextSearchPort {
  return async (text) => {
    const words = wordsOf(text);
    const [indexed, { note, ...fresh }] = await Promise.all([asked(index, words, logger), recent(text)]);
    const notes = indexed.note === undefined ? [note && NEWEST_IN_PART] : [indexed.note, note];
    const said = notes.filter((one) => one !== undefined && one !== '').join(' ');
    return { ...fresh, hits: onceEach([...fresh.hits, ...indexed.hits]), ...(said !== '' && { note: said }) };
  };
}

async function asked(
  index: Pick<SearchIndexPort, 'find'>,
  words: string,
  logger: Pick<StructuredLogger, 'error'>,
): Promise<Found> {
  if (words === '') return { hits: [] };
  try {
    return { hits: (await index.find(words, MOST_HITS)).map((hit) => JSON.parse(hit) as SearchHit) };
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') return { hits: [], note: SLEEPING };
    logger.error('the search index failed', { error: String(error) });
    return { hits: [], note: FAILED };
  }
}

function onceEach(hits: readonly SearchHit[]): SearchHit[] {
  const told = new Map(hits.toReversed().map((hit) => [keyOf(hit), hit]));
  return [...told.values()].reverse();
}

const keyOf = (hit: SearchHit): string => {
  if (hit.kind === 'finding') return hit.findingId;
  if (hit.kind === 'line') return `${hit.functionName} ${hit.at} ${hit.requestId ?? hit.detail}`;
  return JSON.stringify(hit);
};
