import { InputError } from '../../../input-error.ts';
import type { TextReader } from '../event-sink.ts';

/** A document larger than this (without the arrays that stream) is no log input. */
const MAX_DOCUMENT = 64 * 1024 * 1024;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;

interface JsonHandlers {
  /** An element of a top-level array, or of a top-level object's array under one of the streamed keys. */
  element(text: string): void;
  /** A top-level object that had no such array, or a top-level string. */
  document(text: string): void;
}

/**
 * Cuts JSON that arrives in chunks into the pieces that hold log events, so that a download of any size is read without being held: each
 * element of a top-level array, and of the arrays `events` and `results` of a top-level object. Several documents may follow each other.
 * Only brackets and strings are looked at; whoever parses a piece finds the rest. Throws {@link InputError} `unreadable-json` where the
 * brackets do not fit or the text ends inside a document.
 */
export class JsonScanner implements TextReader {
  static readonly #streamed = new Set(['"events"', '"results"']);
  readonly #handlers: JsonHandlers;
  readonly #file: string;
  #text = '';
  /** Next character to look at. */
  #at = 0;
  /** Start of what has not been handed over or kept. */
  #mark = 0;
  /** Characters dropped from the front of `#text`. */
  #dropped = 0;
  #depth = 0;
  #inString = false;
  #stringStart = 0;
  #lastString = '';
  /** Depth of the elements that are being streamed; -1 outside of such an array. */
  #elementDepth = -1;
  /** Whether what is left of the document holds no event any more: it is a list, or its events have been streamed. */
  #isRead = false;

  constructor(file: string, handlers: JsonHandlers) {
    this.#file = file;
    this.#handlers = handlers;
  }

  push(chunk: string): void {
    this.#text += chunk;
    while (this.#at < this.#text.length) {
      if (this.#inString) this.#skipString();
      else this.#step(this.#text.charCodeAt(this.#at++));
    }
    if (this.#depth === 0 && !this.#inString) this.#mark = this.#at;
    this.#drop();
  }

  end(): void {
    if (this.#depth > 0 || this.#inString) throw this.#unreadable('ends in the middle', 'Download it again.');
  }

  /** Moves behind the end of the string, or of the text: where a backslash is the last character, behind what it escapes in the next chunk. */
  #skipString(): void {
    let code = 0;
    while (this.#at < this.#text.length) {
      code = this.#text.charCodeAt(this.#at++);
      if (code === BACKSLASH) this.#at++;
      else if (code === QUOTE) break;
    }
    if (code === QUOTE) this.#endString();
  }

  #endString(): void {
    this.#inString = false;
    if (this.#depth > 1) return;
    const text = this.#text.slice(this.#stringStart, this.#at);
    if (this.#depth === 0) this.#handlers.document(text);
    else this.#lastString = text;
  }

  #step(code: number): void {
    if (code === QUOTE) this.#startString();
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) this.#open(code);
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) this.#close(code);
    else if (code === COMMA && this.#depth === this.#elementDepth) this.#endElement();
    else if (this.#depth === 0 && code > 32 && code !== COMMA && code !== 0xfeff)
      throw this.#unreadable('is not JSON', 'Give a file as it was downloaded.');
  }

  #startString(): void {
    this.#inString = true;
    this.#stringStart = this.#at - 1;
  }

  #open(code: number): void {
    if (this.#depth === 0) {
      this.#mark = this.#at - 1;
      this.#isRead = false;
      this.#lastString = '';
    }
    this.#depth++;
    if (code !== OPEN_ARRAY || !this.#streams() || this.#elementDepth >= 0) return;
    this.#elementDepth = this.#depth;
    this.#isRead = true;
    this.#mark = this.#at;
  }

  /** Whether the array that has just been opened is one whose elements are handed over singly. */
  #streams(): boolean {
    return this.#depth === 1 || (this.#depth === 2 && JsonScanner.#streamed.has(this.#lastString));
  }

  #close(code: number): void {
    if (this.#depth === 0) throw this.#unreadable('is not JSON', 'Give a file as it was downloaded.');
    if (this.#depth === this.#elementDepth && code === CLOSE_ARRAY) {
      this.#endElement();
      this.#elementDepth = -1;
      this.#mark = this.#at - 1;
    }
    this.#depth--;
    if (this.#depth === 0) this.#endDocument();
  }

  #endElement(): void {
    const text = this.#text.slice(this.#mark, this.#at - 1).trim();
    this.#mark = this.#at;
    if (text !== '') this.#handlers.element(text);
  }

  #endDocument(): void {
    const text = this.#text.slice(this.#mark, this.#at);
    this.#mark = this.#at;
    if (!this.#isRead) this.#handlers.document(text);
  }

  #drop(): void {
    const keepFrom = this.#inString ? Math.min(this.#mark, this.#stringStart) : this.#mark;
    if (this.#text.length - keepFrom > MAX_DOCUMENT)
      throw this.#unreadable('holds a document of more than 64 MB', 'Split it.');
    const cut = Math.min(keepFrom, this.#text.length);
    this.#text = this.#text.slice(cut);
    this.#dropped += cut;
    this.#at -= cut;
    this.#mark -= cut;
    this.#stringStart -= cut;
  }

  #unreadable(problem: string, wayOut: string): InputError {
    return new InputError(
      'unreadable-json',
      `${this.#file} ${problem} (character ${this.#dropped + this.#at}).`,
      wayOut,
    );
  }
}
