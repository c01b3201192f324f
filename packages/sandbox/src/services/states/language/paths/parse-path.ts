import { parseFilter } from './filter-expression.ts';
import { InvalidPathError, type PathSegment } from './path-segment.ts';
import { TextReader } from './text-reader.ts';

/** Reads `$.a['b'][0]`. Throws {@link InvalidPathError}. */
export function parsePath(text: string): readonly PathSegment[] {
  const reader = new TextReader(text);
  if (!reader.take('$')) throw new InvalidPathError(`The path ${text} does not begin with $.`);
  const segments = readSegments(reader);
  if (!reader.isAtEnd) throw new InvalidPathError(`The path ${text} is not valid at ${reader.rest}.`);
  return segments;
}

/** Segments as far as they go: a filter reads the paths inside it with this. */
function readSegments(reader: TextReader): readonly PathSegment[] {
  const segments: PathSegment[] = [];
  for (;;) {
    if (reader.take('..')) {
      segments.push({ kind: 'descendants' });
      if (!reader.startsWith('[')) segments.push(readName(reader));
    } else if (reader.take('.')) segments.push(readName(reader));
    else if (reader.take('[')) segments.push(readBracket(reader));
    else return segments;
  }
}

function readName(reader: TextReader): PathSegment {
  if (reader.take('*')) return { kind: 'wildcard' };
  const name = reader.match(/^[\p{L}\p{N}_\-:@]+/u);
  if (name === undefined) throw new InvalidPathError(`A name is missing before ${reader.rest || 'the end'}.`);
  return { kind: 'names', names: [name] };
}

function readBracket(reader: TextReader): PathSegment {
  const segment = reader.take('*') ? ({ kind: 'wildcard' } as const) : readSelector(reader);
  reader.skipBlank();
  if (!reader.take(']')) throw new InvalidPathError(`A ] is missing before ${reader.rest || 'the end'}.`);
  return segment;
}

function readSelector(reader: TextReader): PathSegment {
  if (reader.take('?(')) {
    const test = parseFilter(reader, readSegments);
    if (!reader.take(')')) throw new InvalidPathError('A filter is not closed.');
    return { kind: 'filter', test };
  }
  if (reader.startsWith("'") || reader.startsWith('"'))
    return { kind: 'names', names: readList(reader, () => reader.quoted()) };
  const slice = reader.match(/^-?\d*:-?\d*(:\d+)?/);
  if (slice !== undefined) {
    const [from, to, step] = slice.split(':').map((part) => (part === '' ? undefined : Number(part)));
    return { kind: 'slice', from, to, step: step ?? 1 };
  }
  const indexes = readList(reader, () => reader.match(/^-?\d+/)).map(Number);
  return { kind: 'indexes', indexes };
}

function readList(reader: TextReader, read: () => string | undefined): readonly string[] {
  const list: string[] = [];
  do {
    reader.skipBlank();
    const entry = read();
    if (entry === undefined)
      throw new InvalidPathError(`An index or a quoted name is missing before ${reader.rest || 'the end'}.`);
    list.push(entry);
    reader.skipBlank();
  } while (reader.take(','));
  return list;
}
