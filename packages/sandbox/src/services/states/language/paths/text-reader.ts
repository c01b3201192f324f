/** Reads a text from left to right: paths, filters and intrinsic functions. */
export class TextReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  get rest(): string {
    return this.#text.slice(this.#at);
  }

  startsWith(token: string): boolean {
    return this.#text.startsWith(token, this.#at);
  }

  take(token: string): boolean {
    if (!this.startsWith(token)) return false;
    this.#at += token.length;
    return true;
  }

  /** What the pattern, which begins with `^`, finds here. */
  match(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.rest)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  skipBlank(): void {
    this.match(/^\s+/);
  }

  /** A text in single or double quotes, in which `\` keeps what follows; undefined where there is none. */
  quoted(): string | undefined {
    const raw = this.match(/^'(?:[^'\\]|\\[\s\S])*'/) ?? this.match(/^"(?:[^"\\]|\\[\s\S])*"/);
    return raw?.slice(1, -1).replace(/\\([\s\S])/g, '$1');
  }
}
