import * as z from 'zod';
import { type Classification, PERSONAL } from './classification.ts';

/** A personal field of a schema: its place (`*` for each element of a list), and what it is. */
export interface PersonalField extends Classification {
  readonly path: readonly string[];
}

/** All personal fields of a schema, in its order. */
export function personalFields(schema: z.ZodType, path: readonly string[] = []): readonly PersonalField[] {
  const classification = PERSONAL.get(schema);
  if (classification !== undefined) return [{ path, ...classification }];
  if (schema instanceof z.ZodOptional) return personalFields(schema.unwrap() as z.ZodType, path);
  if (schema instanceof z.ZodArray) return personalFields(schema.element as z.ZodType, [...path, '*']);
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([name, field]) => personalFields(field as z.ZodType, [...path, name]));
}

/** One value of a personal field, where it stands. */
export interface PersonalValue {
  readonly field: PersonalField;
  readonly text: string;
  /** Positions within the lists of the path, outermost first. */
  readonly positions: readonly number[];
  /** Puts another text in its place, or takes it away. */
  replace(text: string | undefined): void;
}

/** Every value that a document has of the fields, in their order; the document is what `replace` changes. */
export function personalValues(document: unknown, fields: readonly PersonalField[]): PersonalValue[] {
  return fields.flatMap((field) => valuesAt(document, field, 0, []));
}

function valuesAt(holder: unknown, field: PersonalField, depth: number, positions: readonly number[]): PersonalValue[] {
  const name = field.path[depth];
  if (holder === null || typeof holder !== 'object' || name === undefined) return [];
  if (Array.isArray(holder) && name === '*')
    return holder.flatMap((_, index) => valueIn(holder, index, field, depth, [...positions, index]));
  return valueIn(holder, name, field, depth, positions);
}

function valueIn(
  holder: object,
  name: string | number,
  field: PersonalField,
  depth: number,
  positions: readonly number[],
): PersonalValue[] {
  const slots = holder as Record<string | number, unknown>;
  const value = slots[name];
  if (depth + 1 < field.path.length) return valuesAt(value, field, depth + 1, positions);
  if (typeof value !== 'string') return [];
  return [{ field, text: value, positions, replace: (text) => replaceIn(slots, name, text) }];
}

/** An element that goes leaves a hole, which {@link withoutHoles} closes: positions of others stay right meanwhile. */
function replaceIn(slots: Record<string | number, unknown>, name: string | number, text: string | undefined): void {
  if (text === undefined) delete slots[name];
  else slots[name] = text;
}

/** A document whose lists have no holes, and no elements that became empty objects. */
export function withoutHoles<T>(document: T): T {
  if (Array.isArray(document))
    return document.filter((element) => element !== undefined).map((element) => withoutHoles(element)) as T;
  if (document === null || typeof document !== 'object') return document;
  return Object.fromEntries(Object.entries(document).map(([name, value]) => [name, withoutHoles(value)])) as T;
}
