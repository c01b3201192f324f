import { ApiError } from '../../core/service.ts';
import type { FieldType } from './read-mapping.ts';
import type { DateRange, SearchRequest } from './read-search.ts';

export type Source = Readonly<Record<string, unknown>>;

export interface Hit {
  readonly _index: string;
  readonly _id: string;
  readonly _score: null;
  readonly _source: Source;
  readonly sort: readonly [number];
}

/** One index: documents by id, each with the fields that its mapping knows. */
export class DocumentIndex {
  readonly name: string;
  readonly #fields: ReadonlyMap<string, FieldType>;
  readonly #documents = new Map<string, Source>();

  constructor(name: string, fields: ReadonlyMap<string, FieldType>) {
    this.name = name;
    this.#fields = fields;
  }

  get count(): number {
    return this.#documents.size;
  }

  /** Keeps a document in place of any of the same id; says which of the two it was. */
  put(id: string, source: Source): 'created' | 'updated' {
    for (const [name, value] of Object.entries(source)) this.#assertFits(name, value);
    const result = this.#documents.has(id) ? 'updated' : 'created';
    this.#documents.set(id, source);
    return result;
  }

  #assertFits(name: string, value: unknown): void {
    const type = this.#fields.get(name);
    if (type === undefined)
      throw new ApiError(
        'strict_dynamic_mapping_exception',
        `mapping set to strict, dynamic introduction of [${name}] within [_doc] is not allowed`,
      );
    if (type === 'date' ? !Number.isInteger(value) : typeof value !== 'string' && typeof value !== 'number')
      throw new ApiError('mapper_parsing_exception', `failed to parse field [${name}] of type [${type}]`);
  }

  find({ phrase, range, sortBy }: SearchRequest): Hit[] {
    const found: Hit[] = [];
    for (const [_id, _source] of this.#documents) {
      const words = String(_source[phrase.field] ?? '').split(/\s+/);
      if (!holdsPhrase(words, phrase.words) || !isWithin(_source, range)) continue;
      found.push({ _index: this.name, _id, _score: null, _source, sort: [Number(_source[sortBy] ?? 0)] });
    }
    return found;
  }
}

const isWithin = (source: Source, range: DateRange | undefined): boolean =>
  range === undefined || (Number(source[range.field]) >= range.from && Number(source[range.field]) < range.before);

/** Whether words stand one behind the other, the last of them as the beginning of one. */
function holdsPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  const last = phrase.length - 1;
  return words.some((_, at) =>
    phrase.every((word, offset) =>
      offset === last ? words[at + offset]?.startsWith(word) : words[at + offset] === word,
    ),
  );
}
