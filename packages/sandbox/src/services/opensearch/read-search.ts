import { notEmulated } from './search-error.ts';

export interface SearchRequest {
  readonly size: number;
  readonly phrase: { readonly field: string; readonly words: readonly string[] };
  /** Of a date, from on and until before; absent where any will do. */
  readonly range?: DateRange;
  /** A date, newest first. */
  readonly sortBy: string;
}

export interface DateRange {
  readonly field: string;
  readonly from: number;
  readonly before: number;
}

type Given = Readonly<Record<string, unknown>>;
const MOST_HITS = 10_000;

/** Reads the body of a `_search`: one phrase whose last word may go on, perhaps within a range of a date, sorted by a date, newest first. */
export function readSearch({ size, query, sort, ...others }: Given): SearchRequest {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw notEmulated(`a search with ${unknown}`);
  if (typeof size !== 'number' || size < 0 || size > MOST_HITS) throw notEmulated(`a search of size ${String(size)}`);
  return { size, ...readQuery(query), sortBy: readSort(sort) };
}

function readQuery(query: unknown): Pick<SearchRequest, 'phrase' | 'range'> {
  const { bool, ...others } = (query ?? {}) as { readonly bool?: Given };
  if (bool === undefined) return { phrase: readPhrase(others) };
  const { must, filter, ...more } = bool;
  const [unknown] = [...Object.keys(others), ...Object.keys(more)];
  if (unknown !== undefined) throw notEmulated(`a bool query with ${unknown}`);
  return { phrase: readPhrase(onlyOne(must, 'must')), range: readRange(onlyOne(filter, 'filter')) };
}

function onlyOne(clauses: unknown, name: string): unknown {
  if (!Array.isArray(clauses) || clauses.length !== 1) throw notEmulated(`a ${name} of anything but one clause`);
  return clauses[0];
}

function readRange(clause: unknown): DateRange {
  const [kind, range] = onlyMember(clause, 'a filter');
  if (kind !== 'range') throw notEmulated(`the filter ${kind}`);
  const [field, bounds] = onlyMember(range, 'a range');
  const { gte = Number.NEGATIVE_INFINITY, lt = Number.POSITIVE_INFINITY, ...others } = bounds as Given;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined || typeof gte !== 'number' || typeof lt !== 'number')
    throw notEmulated(`a range with ${unknown ?? 'bounds that are no numbers'}`);
  return { field, from: gte, before: lt };
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
