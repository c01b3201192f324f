import { isObject, type Json } from '../../../../core/protocols/json.ts';
import type { PathSegment } from './path-segment.ts';

/** What one step of a path finds in a value. */
export function selectSegment(segment: PathSegment, value: Json): readonly Json[] {
  switch (segment.kind) {
    case 'names':
      return isObject(value) ? segment.names.flatMap((name) => (Object.hasOwn(value, name) ? [value[name]!] : [])) : [];
    case 'indexes':
      return isList(value) ? segment.indexes.flatMap((index) => present(value.at(index))) : [];
    case 'slice':
      return isList(value)
        ? value.slice(segment.from, segment.to).filter((_, index) => index % segment.step === 0)
        : [];
    case 'wildcard':
      return membersOf(value);
    case 'descendants':
      return descendants(value);
    case 'filter':
      return (isList(value) ? value : [value]).filter((entry) => segment.test(entry, value));
  }
}

function descendants(value: Json): readonly Json[] {
  return [value, ...membersOf(value).flatMap(descendants)].filter(
    (found) => typeof found === 'object' && found !== null,
  );
}

function membersOf(value: Json): readonly Json[] {
  if (isList(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

const present = (value: Json | undefined): readonly Json[] => (value === undefined ? [] : [value]);
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
