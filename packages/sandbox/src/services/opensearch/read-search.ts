import { notEmulated } from './search-error.ts';

export interface SearchRequest {
  readonly size: number;
  readonly phrase: { readonly field: string; readonly words: readonly string[] };
  /** A date, newest first. */
  readonly sortBy: string;
}

type Given = Readonly<Record<string, unknown>>;
const MOST_HITS = 10_000;

/** Reads the body of a `_search`: one phrase whose last word may go on, sorted by a date, newest first. */
export function readSearch({ size, query, sort, ...others }: Given): SearchRequest {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw notEmulated(`a search with ${unknown}`);
  if (typeof size !== 'number' || size < 0 || size > MOST_HITS) throw notEmulated(`a search of size ${String(size)}`);
  return { size, phrase: readPhrase(query), sortBy: readSort(sort) };
}

function readPhrase(query: unknown): SearchRequest['phrase'] {
  const [kind, clause] = onlyMember(query, 'a query');
  if (kind !== 'match_phrase_prefix') throw notEmulated(`the query ${kind}`);
  const [field, given] = onlyMember(clause, 'a match_phrase_prefix');
  const { query: text, max_expansions: _cutsNothingHere, ...others } = given as Given;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined || typeof text !== 'string') throw notEmulated(`match_phrase_prefix with ${unknown}`);
  return { field, words: text.split(/\s+/).filter((word) => word !== '') };
}

function readSort(sort: unknown): string {
  const [first, ...more] = Array.isArray(sort) ? sort : [];
  if (first === undefined || more.length > 0) throw notEmulated('a sort by anything but one field');
  const [field, order] = onlyMember(first, 'a sort');
  if (order !== 'desc') throw notEmulated(`the order ${JSON.stringify(order)}`);
  return field;
}

function onlyMember(given: unknown, what: string): readonly [string, unknown] {
  const [member, ...more] = Object.entries((given ?? {}) as Given);
  if (member === undefined || more.length > 0) throw notEmulated(`${what} without exactly one member`);
  return member;
}
