import { compileExtractor, type Extraction, type GroupShape, type ReadValue } from '@lamplighter/xml-extract';
import { lastFourDigits, maskCardNumbers } from '../messages/mask-card-numbers.ts';
import { compileExpression, type Evaluate, type SlotRecord, type Slots } from './compile-expression.ts';
import type { Expression, Mapping, MappingPart } from './mapping-schema.ts';

/** What is changed inside the extractor, so that it never leaves it. */
const READERS: Readonly<Record<string, ReadValue>> = { cardNumber: lastFourDigits, text: maskCardNumbers };

/** A part of a mapping that can be evaluated: the fields by name, and the records of the part. */
export interface CompiledPart {
  readonly path: string;
  readonly fields: ReadonlyMap<string, Evaluate>;
  readonly below: ReadonlyMap<string, CompiledPart>;
  readonly slots: Slots;
}

/** A record as extracted: slots, and the records of the parts below. */
export type MappedRecord = SlotRecord;

export interface CompiledMapping {
  readonly mapping: Mapping;
  readonly record: CompiledPart;
  readonly kind: Evaluate;
  extract(input: string | Uint8Array): Extraction<{ readonly records: readonly MappedRecord[] }>;
}

const SELF = '.';
const PARTS = ['ids', 'roomStays', 'guests', 'specialRequests', 'comments'] as const;

/**
 * Compiles a mapping into an extractor of its own.
 *
 * @throws RangeError for a path or format that cannot be used
 */
export function compileMapping(mapping: Mapping): CompiledMapping {
  const slots: Slots = { fields: {} };
  const kind = compileExpression(mapping.kind, 'kind', slots);
  const below = new Map<string, CompiledPart>();
  for (const name of PARTS) {
    const part = mapping[name];
    if (part !== undefined) below.set(name, compilePart(part, slots));
  }
  const record = { path: mapping.record, fields: compileFields(mapping.fields, slots), below, slots };
  const extract = compileExtractor({
    namespaces: mapping.namespaces ?? {},
    groups: { records: shapeOf(record) },
  });
  return { mapping, record, kind, extract: extract as CompiledMapping['extract'] };
}

/** A part whose record is `.` shares the slots of the record above. */
function compilePart(part: MappingPart & { readonly rates?: MappingPart | undefined }, above: Slots): CompiledPart {
  const slots: Slots = part.record === SELF ? above : { fields: {} };
  const below = new Map<string, CompiledPart>();
  if (part.rates !== undefined) {
    if (part.record === SELF) throw new RangeError('Rates need room stays with a record of their own.');
    below.set('rates', compilePart(part.rates, slots));
  }
  return { path: part.record, fields: compileFields(part.fields, slots), below, slots };
}

function compileFields(fields: Readonly<Record<string, Expression | undefined>>, slots: Slots): Map<string, Evaluate> {
  const compiled = new Map<string, Evaluate>();
  for (const [name, expression] of Object.entries(fields))
    if (expression !== undefined) compiled.set(name, compileExpression(expression, name, slots, READERS[name]));
  return compiled;
}

function shapeOf({ path, slots, below }: CompiledPart): GroupShape {
  const groups = [...below]
    .filter(([, part]) => part.path !== SELF)
    .map(([name, part]) => [name, shapeOf(part)] as const);
  return { path, fields: slots.fields, groups: Object.fromEntries(groups) };
}

/** The records of a part below a record. */
export function recordsOf(record: MappedRecord, name: string, part: CompiledPart): readonly MappedRecord[] {
  return part.path === SELF ? [record] : (record[name] as unknown as readonly MappedRecord[]);
}

/** All paths that a mapping looks at, from the document's root on. */
export function mappedPaths({ record }: CompiledMapping): string[] {
  return pathsBelow('', record);
}

function pathsBelow(above: string, part: CompiledPart): string[] {
  const here = part.path === SELF ? above : joinPaths(above, part.path);
  const own = Object.values(part.slots.fields).flatMap(({ path }) => path.map((each) => joinPaths(here, each)));
  return [...own, ...[...part.below.values()].flatMap((below) => pathsBelow(here, below))];
}

function joinPaths(above: string, path: string): string {
  if (path === SELF) return above;
  return `${above}${path.startsWith('/') ? '' : '/'}${path}`;
}
