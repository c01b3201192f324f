import { isObject, type Json } from '../../../../core/protocols/json.ts';
import { parsePath } from './parse-path.ts';
import { InvalidPathError } from './path-segment.ts';

/** Steps of a reference path, which names one place: `$.order.items[0]`. Throws {@link InvalidPathError}. */
export function parseReferencePath(text: string): readonly (string | number)[] {
  return parsePath(text).map((segment) => {
    if (segment.kind === 'names' && segment.names.length === 1) return segment.names[0]!;
    if (segment.kind === 'indexes' && segment.indexes.length === 1) return segment.indexes[0]!;
    throw new InvalidPathError(`The reference path ${text} must name one place.`);
  });
}

/** A copy of `document` with `value` at the place, whose objects are made where they are missing; undefined where it cannot be made. */
export function withValueAt(document: Json, steps: readonly (string | number)[], value: Json): Json | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    if (!Array.isArray(document) || step < 0 || step >= document.length) return undefined;
    const entry = withValueAt(document[step] as Json, rest, value);
    return entry === undefined ? undefined : document.with(step, entry);
  }
  if (!isObject(document)) return undefined;
  const next = withValueAt(document[step] ?? {}, rest, value);
  return next === undefined ? undefined : { ...document, [step]: next };
}
