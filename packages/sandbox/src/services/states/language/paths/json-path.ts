import type { Json } from '../../../../core/protocols/json.ts';
import { parsePath } from './parse-path.ts';
import type { PathSegment } from './path-segment.ts';
import { selectSegment } from './select-segment.ts';

/** What a path sees: the data under `$`, the context object under `$$`. */
export interface PathScope {
  readonly data: Json;
  readonly context: Json;
}

const CACHE_SIZE = 2_000;

/** Evaluates paths of Amazon States Language: `$.order.items[0]`, `$..id`, `$.items[?(@.price > 10)]`, `$$.Execution.Name`. */
export class JsonPath {
  static readonly #parsed = new Map<string, JsonPath>();
  readonly isContext: boolean;
  /** Names one place at most; any other path gives a list of what it finds. */
  readonly isDefinite: boolean;
  readonly #segments: readonly PathSegment[];

  private constructor(text: string) {
    this.isContext = text.startsWith('$$');
    this.#segments = parsePath(this.isContext ? text.slice(1) : text);
    this.isDefinite = this.#segments.every(
      (segment) =>
        (segment.kind === 'names' && segment.names.length === 1) ||
        (segment.kind === 'indexes' && segment.indexes.length === 1),
    );
  }

  /** Throws {@link InvalidPathError}. */
  static parse(text: string): JsonPath {
    const known = JsonPath.#parsed.get(text);
    if (known) return known;
    const path = new JsonPath(text);
    if (JsonPath.#parsed.size >= CACHE_SIZE) JsonPath.#parsed.clear();
    JsonPath.#parsed.set(text, path);
    return path;
  }

  /** Undefined where a definite path finds nothing. */
  valueIn({ data, context }: PathScope): Json | undefined {
    let found: readonly Json[] = [this.isContext ? context : data];
    for (const segment of this.#segments) found = found.flatMap((value) => selectSegment(segment, value));
    return this.isDefinite ? found[0] : found;
  }
}
