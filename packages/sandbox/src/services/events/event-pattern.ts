import { type EventField, flattenEvent } from './pattern/flatten-event.ts';
import { type Clause, parsePattern } from './pattern/parse-pattern.ts';

/** Says whether an event has what a pattern asks for. */
export type EventMatcher = (event: unknown) => boolean;

/**
 * Compiles an event pattern of EventBridge, given as JSON text or as the object it stands for. Throws `InvalidEventPatternException`.
 * Language: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html, and for arrays the semantics of
 * https://github.com/aws/event-ruler: fields of objects in one array match only when they are of the same object.
 * One thing AWS does differently: it compares plain numbers by their text, so there 300 and 3.0e2 are not equal.
 */
export function compileEventPattern(pattern: unknown): EventMatcher {
  const clauses = parsePattern(pattern);
  return (event) => holds(clauses, 0, flattenEvent(event), new Map());
}

/** Whether the event matches the pattern. Throws `InvalidEventPatternException` for a pattern that is none. */
export function matchesEventPattern(pattern: unknown, event: unknown): boolean {
  return compileEventPattern(pattern)(event);
}

/** Tries the fields of each clause in turn, going back where the chosen fields are of different objects of an array. */
function holds(
  clauses: readonly Clause[],
  index: number,
  fields: ReadonlyMap<string, readonly EventField[]>,
  chosen: ReadonlyMap<string, number>,
): boolean {
  const clause = clauses[index];
  if (!clause) return true;
  if (clause.kind === 'or') {
    const rest = clauses.slice(index + 1);
    return clause.alternatives.some((alternative) => holds([...alternative, ...rest], 0, fields, chosen));
  }
  const candidates = fields.get(clause.path) ?? [];
  if (candidates.length === 0) return clause.acceptsAbsent && holds(clauses, index + 1, fields, chosen);
  return candidates.some((field) => {
    if (!clause.accepts(field.value)) return false;
    const joined = join(chosen, field.memberships);
    return joined !== undefined && holds(clauses, index + 1, fields, joined);
  });
}

/** Both choices of array elements together, or undefined where they differ. */
function join(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): ReadonlyMap<string, number> | undefined {
  if (b.size === 0) return a;
  const joined = new Map(a);
  for (const [array, element] of b) {
    if ((joined.get(array) ?? element) !== element) return undefined;
    joined.set(array, element);
  }
  return joined;
}
