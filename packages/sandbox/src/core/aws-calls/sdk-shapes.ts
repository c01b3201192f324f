import { NormalizedSchema } from '@smithy/core/schema';
import { isObject, type Json } from '../protocols/json.ts';

type Schema = NormalizedSchema;

/** A member that the operation does not have. */
export class UnknownMemberError extends Error {
  override readonly name = 'UnknownMemberError';
}

/** Schemas of the input and the output of an operation, as the SDK's commands carry them. */
export function operationSchemas(operation: unknown): { readonly input: Schema; readonly output: Schema } {
  const [, , , , input, output] = operation as readonly unknown[];
  const read = (reference: unknown): Schema =>
    NormalizedSchema.of(
      (typeof reference === 'function' ? reference() : reference) as Parameters<typeof NormalizedSchema.of>[0],
    );
  return { input: read(input), output: read(output) };
}

/**
 * Step Functions writes members in PascalCase whatever the service calls them, and JSON where the service takes a text or bytes.
 * Throws {@link UnknownMemberError}.
 */
export function toSdkInput(schema: Schema, value: Json): unknown {
  if (value === null) return undefined;
  if (schema.isStructSchema() && isObject(value)) return toStructure(schema, value);
  if (schema.isListSchema() && Array.isArray(value))
    return value.map((entry) => toSdkInput(schema.getValueSchema(), entry as Json));
  if (schema.isMapSchema() && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, toSdkInput(schema.getValueSchema(), entry)]),
    );
  }
  if (schema.isBlobSchema()) return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  if (schema.isTimestampSchema()) return new Date(typeof value === 'number' ? value * 1000 : String(value));
  return schema.isStringSchema() && typeof value === 'object' ? JSON.stringify(value) : value;
}

function toStructure(schema: Schema, value: { readonly [name: string]: Json }): Record<string, unknown> {
  const members = new Map([...schema.structIterator()].map(([name, member]) => [pascal(name), { name, member }]));
  return Object.fromEntries(
    Object.entries(value).map(([given, entry]) => {
      const known = members.get(given);
      if (!known) throw new UnknownMemberError(`The field '${given}' is not supported by Step Functions`);
      return [known.name, toSdkInput(known.member, entry)];
    }),
  );
}

/** An SDK's output as a state sees it: members in PascalCase, times as text, bytes and streams as text. */
export async function fromSdkOutput(schema: Schema, value: unknown): Promise<Json> {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (typeof value !== 'object') return value as Json;
  if ('transformToString' in value) return (value as { transformToString(): Promise<string> }).transformToString();
  if (Array.isArray(value))
    return Promise.all(
      value.map((entry) => fromSdkOutput(schema.isListSchema() ? schema.getValueSchema() : schema, entry)),
    );
  if (schema.isMapSchema()) return mapped(Object.entries(value), (name) => [name, schema.getValueSchema()]);
  if (!schema.isStructSchema()) return value as unknown as Json;
  const members = new Map(schema.structIterator());
  return mapped(Object.entries(value), (name) =>
    members.has(name) ? [pascal(name), members.get(name) as Schema] : undefined,
  );
}

type Place = readonly [string, Schema] | undefined;

async function mapped(
  entries: readonly (readonly [string, unknown])[],
  placeOf: (name: string) => Place,
): Promise<Json> {
  const members = entries.map(async ([name, entry]) => {
    const place = placeOf(name);
    return place === undefined || entry === undefined
      ? []
      : [[place[0], await fromSdkOutput(place[1], entry)] as const];
  });
  return Object.fromEntries((await Promise.all(members)).flat());
}

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
