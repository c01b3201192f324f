import type { Json } from '../../../../core/protocols/json.ts';
import { JsonPath } from '../paths/json-path.ts';
import { TextReader } from '../paths/text-reader.ts';

/** An argument of an intrinsic function. */
export type IntrinsicArgument =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'path'; readonly text: string; readonly path: JsonPath }
  | { readonly kind: 'call'; readonly call: IntrinsicCall };

/** `States.Format('Lamp {}', $.name)` */
export interface IntrinsicCall {
  readonly name: string;
  readonly args: readonly IntrinsicArgument[];
}

/** A text that is no call of an intrinsic function. */
export class InvalidIntrinsicError extends Error {
  override readonly name = 'InvalidIntrinsicError';
}

/** Calls nest at most ten deep: https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
const MAX_DEPTH = 10;

/** Throws {@link InvalidIntrinsicError}, or InvalidPathError for a path among the arguments. */
export function parseIntrinsic(text: string): IntrinsicCall {
  const reader = new TextReader(text.trim());
  const call = readCall(reader, 1);
  if (!reader.isAtEnd) throw new InvalidIntrinsicError(`The intrinsic function is not valid at ${reader.rest}.`);
  return call;
}

function readCall(reader: TextReader, depth: number): IntrinsicCall {
  if (depth > MAX_DEPTH) throw new InvalidIntrinsicError(`Intrinsic functions nest at most ${MAX_DEPTH} deep.`);
  const name = reader.match(/^States\.[A-Za-z0-9]+/);
  if (name === undefined || !reader.take('('))
    throw new InvalidIntrinsicError(`${reader.rest} is not a call of an intrinsic function.`);
  const args: IntrinsicArgument[] = [];
  reader.skipBlank();
  if (reader.take(')')) return { name, args };
  do {
    reader.skipBlank();
    args.push(readArgument(reader, depth));
    reader.skipBlank();
  } while (reader.take(','));
  if (!reader.take(')')) throw new InvalidIntrinsicError(`${name} is not closed before ${reader.rest || 'the end'}.`);
  return { name, args };
}

function readArgument(reader: TextReader, depth: number): IntrinsicArgument {
  if (reader.startsWith('$')) {
    const text = reader.match(
      /^\$(?:\[(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\?\((?:'[^']*'|[^)'])*\)|[^\]'"])*\]|[^,)[\s])*/,
    ) as string;
    return { kind: 'path', text, path: JsonPath.parse(text) };
  }
  if (reader.startsWith('States.')) return { kind: 'call', call: readCall(reader, depth + 1) };
  if (reader.startsWith("'")) {
    const raw = reader.match(/^'(?:[^'\\]|\\[\s\S])*'/);
    if (raw === undefined) throw new InvalidIntrinsicError('A text is not closed.');
    // `\{` and `\}` stay for States.Format, which tells them from a place holder.
    return { kind: 'value', value: raw.slice(1, -1).replace(/\\(['\\])/g, '$1') };
  }
  const literal = reader.match(/^(-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null)/);
  if (literal === undefined)
    throw new InvalidIntrinsicError(`An argument is missing before ${reader.rest || 'the end'}.`);
  return { kind: 'value', value: JSON.parse(literal) as Json };
}
