const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** A line of a file without its end, or that there was one too long to hold. */
export type Line = { readonly kind: 'line'; readonly bytes: Uint8Array } | { readonly kind: 'too-long' };

/** The lines of a stream of bytes, in memory bounded by the longest that is allowed. Blank lines are none. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, longestBytes: number): AsyncGenerator<Line> {
  const current = new CurrentLine(longestBytes);
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      current.take(chunk.subarray(start, end));
      start = end + 1;
      yield* current.end();
    }
    current.take(chunk.subarray(start));
  }
  yield* current.end();
}

/** The pieces of the line under way, until there are too many. */
class CurrentLine {
  readonly #longestBytes: number;
  #pieces: Uint8Array[] = [];
  #bytes = 0;

  constructor(longestBytes: number) {
    this.#longestBytes = longestBytes;
  }

  take(piece: Uint8Array): void {
    this.#bytes += piece.length;
    if (this.#bytes > this.#longestBytes) this.#pieces = [];
    else this.#pieces.push(piece);
  }

  /** The line, or none where it is blank. */
  end(): readonly Line[] {
    const isTooLong = this.#bytes > this.#longestBytes;
    const bytes = withoutReturn(this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces));
    this.#pieces = [];
    this.#bytes = 0;
    if (isTooLong) return [{ kind: 'too-long' }];
    return bytes.length === 0 ? [] : [{ kind: 'line', bytes }];
  }
}

const withoutReturn = (bytes: Uint8Array): Uint8Array =>
  bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
