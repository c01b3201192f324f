import { isSame, type Json } from '../../../../core/protocols/json.ts';
import { type FilterTest, InvalidPathError, type PathSegment } from './path-segment.ts';
import { selectSegment } from './select-segment.ts';
import type { TextReader } from './text-reader.ts';

/** Reads the steps of a path after its `$` or `@`. */
type ReadSegments = (reader: TextReader) => readonly PathSegment[];
type Operand = (entry: Json, list: Json) => Json | undefined;

/** Reads `@.price > 10 && @.kind == 'lamp'`: comparisons, existence, `!`, `&&`, `||` and parentheses. */
export function parseFilter(reader: TextReader, readSegments: ReadSegments): FilterTest {
  const left = parseAnd(reader, readSegments);
  reader.skipBlank();
  if (!reader.take('||')) return left;
  const right = parseFilter(reader, readSegments);
  return (entry, list) => left(entry, list) || right(entry, list);
}

function parseAnd(reader: TextReader, readSegments: ReadSegments): FilterTest {
  const left = parseTerm(reader, readSegments);
  reader.skipBlank();
  if (!reader.take('&&')) return left;
  const right = parseAnd(reader, readSegments);
  return (entry, list) => left(entry, list) && right(entry, list);
}

function parseTerm(reader: TextReader, readSegments: ReadSegments): FilterTest {
  reader.skipBlank();
  if (reader.take('!')) {
    const inner = parseTerm(reader, readSegments);
    return (entry, list) => !inner(entry, list);
  }
  if (reader.take('(')) {
    const inner = parseFilter(reader, readSegments);
    reader.skipBlank();
    if (!reader.take(')')) throw new InvalidPathError('A ) is missing in a filter.');
    return inner;
  }
  return parseComparison(reader, readSegments);
}

function parseComparison(reader: TextReader, readSegments: ReadSegments): FilterTest {
  const left = parseOperand(reader, readSegments);
  reader.skipBlank();
  const operator = reader.match(/^(==|!=|<=|>=|<|>)/);
  if (operator === undefined) return (entry, list) => left(entry, list) !== undefined;
  const right = parseOperand(reader, readSegments);
  return (entry, list) => compare(operator, left(entry, list), right(entry, list));
}

function parseOperand(reader: TextReader, readSegments: ReadSegments): Operand {
  reader.skipBlank();
  const isRoot = reader.startsWith('$');
  if (isRoot || reader.startsWith('@')) {
    reader.take(isRoot ? '$' : '@');
    const segments = readSegments(reader);
    return (entry, list) => {
      let found: readonly Json[] = [isRoot ? list : entry];
      for (const segment of segments) found = found.flatMap((value) => selectSegment(segment, value));
      return found[0];
    };
  }
  const text = reader.quoted();
  if (text !== undefined) return () => text;
  const literal = reader.match(/^(-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null)/);
  if (literal === undefined) throw new InvalidPathError(`A value is missing in a filter before ${reader.rest}.`);
  const value = JSON.parse(literal) as Json;
  return () => value;
}

function compare(operator: string, left: Json | undefined, right: Json | undefined): boolean {
  if (operator === '==') return isSame(left, right);
  if (operator === '!=') return !isSame(left, right);
  const areOrdered = typeof left === typeof right && (typeof left === 'number' || typeof left === 'string');
  if (!areOrdered) return false;
  const [a, b] = [left as number, right as number];
  return { '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b }[operator] === true;
}
