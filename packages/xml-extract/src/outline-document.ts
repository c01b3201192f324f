import { type Extraction, readDocument } from './compile-extractor.ts';
import { type Limits, limitsWith } from './limits.ts';
import { attributeNameAt, attributeNameEnd } from './scan/attributes.ts';
import { scanDocument } from './scan/scan-document.ts';
import type { Sink, StartTag } from './scan/scan-state.ts';
import { isBlank } from './scan/scan-text.ts';

/** A place of a document that holds a value. */
export interface OutlinedPath {
  /** Local names of elements, such as `/a/b` or `/a/@x`; the attribute's name is as written. */
  readonly path: string;
  /** How often it holds a value that is not blank. */
  readonly count: number;
}

const MAX_PATHS = 10_000;

/**
 * The distinct places of a document that hold text or attributes, in its order; at most 10,000 of them. Namespace
 * declarations are left out.
 */
export function outlineDocument(
  input: string | Uint8Array,
  limits?: Partial<Limits>,
): Extraction<readonly OutlinedPath[]> {
  const allLimits = limitsWith(limits);
  return readDocument(input, allLimits, (document) => {
    const outliner = new Outliner(document);
    scanDocument(document, allLimits, outliner);
    return [...outliner.counts].map(([path, count]) => ({ path, count }));
  });
}

class Outliner implements Sink {
  readonly counts = new Map<string, number>();
  readonly #document: string;
  readonly #paths: string[] = [''];
  #tag: StartTag | undefined;

  constructor(document: string) {
    this.#document = document;
  }

  open(tag: StartTag): void {
    this.#tag = tag;
    const path = `${this.#paths.at(-1)}/${this.#document.slice(tag.localAt, tag.nameEnd)}`;
    this.#paths.push(path);
    for (let index = 0; index < tag.attributes.count; index += 1) {
      const name = this.#document.slice(
        attributeNameAt(tag.attributes, index),
        attributeNameEnd(tag.attributes, index),
      );
      if (name !== 'xmlns' && !name.startsWith('xmlns:')) this.#count(`${path}/@${name}`);
    }
  }

  text(start: number, end: number): void {
    if (!isBlank(this.#tag!.cursor, start, end)) this.#count(this.#paths.at(-1)!);
  }

  close(): void {
    this.#paths.pop();
  }

  #count(path: string): void {
    const before = this.counts.get(path) ?? 0;
    if (before > 0 || this.counts.size < MAX_PATHS) this.counts.set(path, before + 1);
  }
}
