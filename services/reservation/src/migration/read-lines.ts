const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** A line of a file without its end, or that there was one too long to hold. */
export type Line = { readonly kind: 'line'; readonly bytes: Uint8Array } | { readonly kind: 'too-long' };

/** The lines of a stream of bytes, in memory bounded by the longest that is allowed. Blank lines are none. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, longestBytes: number): AsyncGenerator<Line> {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let isTooLong = false;
  const take = (piece: Uint8Array): void => {
    isTooLong ||= pendingBytes + piece.length > longestBytes;
    if (isTooLong) pending = [];
    else pending.push(piece);
    pendingBytes += piece.length;
  };
  const end = (): Line | undefined => {
    const line: Line = isTooLong ? { kind: 'too-long' } : { kind: 'line', bytes: withoutReturn(joined(pending)) };
    [pending, pendingBytes, isTooLong] = [[], 0, false];
    return line.kind === 'line' && line.bytes.length === 0 ? undefined : line;
  };
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; ) {
      const found = chunk.indexOf(LINE_FEED, start);
      take(chunk.subarray(start, found === -1 ? chunk.length : found));
      start = found === -1 ? chunk.length : found + 1;
      const line = found === -1 ? undefined : end();
      if (line !== undefined) yield line;
    }
  }
  const last = end();
  if (last !== undefined) yield last;
}

const joined = (pieces: readonly Uint8Array[]): Uint8Array =>
  pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);

const withoutReturn = (bytes: Uint8Array): Uint8Array =>
  bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
