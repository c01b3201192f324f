import { PATH_SEPARATOR } from './flatten-event.ts';
import { invalidPattern } from './invalid-pattern.ts';
import { compileMatchers, MATCH_TYPES } from './match-types.ts';

/** One condition of a pattern; all of them must hold. */
export type Clause = FieldClause | OrClause;

interface FieldClause {
  readonly kind: 'field';
  readonly path: string;
  readonly accepts: (value: unknown) => boolean;
  readonly acceptsAbsent: boolean;
}

interface OrClause {
  readonly kind: 'or';
  readonly alternatives: readonly (readonly Clause[])[];
}

/** Reads a pattern, as JSON text or as an object, into its conditions. Throws `InvalidEventPatternException`. */
export function parsePattern(pattern: unknown): readonly Clause[] {
  const document = typeof pattern === 'string' ? parseJson(pattern) : pattern;
  if (!isObject(document)) throw invalidPattern('Filter is not an object');
  return parseObject(document, '');
}

function parseObject(object: Readonly<Record<string, unknown>>, path: string): readonly Clause[] {
  const entries = Object.entries(object);
  if (entries.length === 0) throw invalidPattern('Empty objects are not allowed');
  return entries.flatMap(([name, value]) => {
    if (name === '$or' && isOr(value)) {
      return [{ kind: 'or' as const, alternatives: value.map((alternative) => parseObject(alternative, path)) }];
    }
    return parseField(path === '' ? name : `${path}${PATH_SEPARATOR}${name}`, name, value);
  });
}

function parseField(path: string, name: string, value: unknown): readonly Clause[] {
  if (isObject(value)) return parseObject(value, path);
  if (!Array.isArray(value)) throw invalidPattern(`"${name}" must be an object or an array`);
  if (value.length === 0) throw invalidPattern('Empty arrays are not allowed');
  return [{ kind: 'field', path, ...compileMatchers(value) }];
}

/** `$or` is the primitive only over two or more objects none of which uses a name of the language as a field. */
function isOr(value: unknown): value is readonly Record<string, unknown>[] {
  return (
    Array.isArray(value) &&
    value.length >= 2 &&
    value.every((alternative) => isObject(alternative) && !Object.keys(alternative).some((key) => MATCH_TYPES.has(key)))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw Object.assign(invalidPattern('it is not JSON'), { cause });
  }
}
