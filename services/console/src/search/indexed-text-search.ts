import { wordsOf } from '../domain/search-document.ts';
import type { SearchHit } from '../domain/search-hit.ts';
import type { Found, SearchIndexPort, TextSearchPort } from '../ports.ts';

const MOST_HITS = 50;
const SLEEPING =
  'The search index does not answer: it sleeps when nobody asks, and takes half a minute to wake. What stands here was found without it.';

/**
 * Searches the index, and what is too new for it by `recent`: the archive hands lines over up to a quarter of an hour late. What both know is
 * told once.
 */
export function indexedTextSearch(index: Pick<SearchIndexPort, 'find'>, recent: TextSearchPort): TextSearchPort {
  return async (text) => {
    const words = wordsOf(text);
    const [indexed, fresh] = await Promise.all([asked(index, words), recent(text)]);
    const notes = [indexed.note, fresh.note].filter((note) => note !== undefined);
    return { hits: onceEach([...fresh.hits, ...indexed.hits]), ...(notes.length > 0 && { note: notes.join(' ') }) };
  };
}

async function asked(index: Pick<SearchIndexPort, 'find'>, words: string): Promise<Found> {
  if (words === '') return { hits: [] };
  try {
    return { hits: (await index.find(words, MOST_HITS)).map((hit) => JSON.parse(hit) as SearchHit) };
  } catch {
    return { hits: [], note: SLEEPING };
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
