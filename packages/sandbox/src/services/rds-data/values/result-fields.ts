import type { EngineColumn } from '../../rds/data-api-cluster.ts';
import { parseArray, type TextArray } from './array-text.ts';
import { type Field, TYPE } from './parameter-values.ts';

export interface ResultOptions {
  readonly decimalReturnType?: 'STRING' | 'DOUBLE_OR_LONG';
  readonly longReturnType?: 'STRING' | 'LONG';
}

type Kind = 'boolean' | 'long' | 'double' | 'decimal' | 'blob' | 'timestamp' | 'text';

const KINDS = new Map<number, Kind>([
  [TYPE.bool, 'boolean'],
  [TYPE.int2, 'long'],
  [TYPE.int4, 'long'],
  [TYPE.int8, 'long'],
  [TYPE.oid, 'long'],
  [TYPE.float4, 'double'],
  [TYPE.float8, 'double'],
  [TYPE.numeric, 'decimal'],
  [TYPE.bytea, 'blob'],
  [TYPE.timestamptz, 'timestamp'],
]);

/** Array types of PostgreSQL with the type of their elements, from `pg_type.typelem`. */
const ELEMENTS = new Map<number, number>([
  [1000, TYPE.bool],
  [1001, TYPE.bytea],
  [1005, TYPE.int2],
  [1007, TYPE.int4],
  [1016, TYPE.int8],
  [1021, TYPE.float4],
  [1022, TYPE.float8],
  [1231, TYPE.numeric],
  [1185, TYPE.timestamptz],
  [1009, TYPE.text],
  [1015, TYPE.text],
  [1002, TYPE.text],
  [2951, TYPE.text],
  [199, TYPE.text],
  [3807, TYPE.text],
  [1115, TYPE.text],
  [1182, TYPE.text],
]);

/** A value in PostgreSQL's text as a field of a record. Source: RDS Data API Reference, `Field`, `ResultSetOptions`. */
export function fieldOf({ typeId }: EngineColumn, text: string | null, options: ResultOptions = {}): Field {
  if (text === null) return { isNull: true };
  const elementType = ELEMENTS.get(typeId);
  if (elementType !== undefined) return { arrayValue: arrayValue(parseArray(text), elementType, options) };
  return scalar(text, KINDS.get(typeId) ?? 'text', options);
}

function scalar(text: string, kind: Kind, options: ResultOptions): Field {
  switch (kind) {
    case 'boolean':
      return { booleanValue: text === 't' || text === 'true' };
    case 'long':
      return options.longReturnType === 'STRING' ? { stringValue: text } : { longValue: Number(text) };
    case 'double':
      return { doubleValue: Number(text) };
    case 'decimal':
      return options.decimalReturnType === 'DOUBLE_OR_LONG' ? doubleOrLong(text) : { stringValue: text };
    case 'blob':
      return { blobValue: Buffer.from(text.slice(2), 'hex').toString('base64') };
    case 'timestamp':
      // "Always returned in the UTC time zone": the database runs in it, and the offset says nothing more.
      return { stringValue: text.replace(/\+00$/, '') };
    case 'text':
      return { stringValue: text };
  }
}

const doubleOrLong = (text: string): Field =>
  /^-?\d+$/.test(text) ? { longValue: Number(text) } : { doubleValue: Number(text) };

const MEMBERS = {
  boolean: 'booleanValues',
  long: 'longValues',
  double: 'doubleValues',
  decimal: 'stringValues',
  blob: 'stringValues',
  timestamp: 'stringValues',
  text: 'stringValues',
} as const;

function arrayValue(elements: TextArray, elementType: number, options: ResultOptions): unknown {
  if (elements.some(Array.isArray))
    return { arrayValues: elements.map((nested) => arrayValue(nested as TextArray, elementType, options)) };
  const kind = KINDS.get(elementType) ?? 'text';
  const value = (text: string | null) => (text === null ? null : Object.values(scalar(text, kind, {}))[0]);
  return { [MEMBERS[kind]]: (elements as readonly (string | null)[]).map(value) };
}

/** Rows as the JSON text that `formatRecordsAs: JSON` asks for. Source: Aurora User Guide, "Processing query results in JSON format". */
export function formatRecords(
  columns: readonly EngineColumn[],
  rows: readonly (readonly (string | null)[])[],
  options: ResultOptions = {},
): string {
  const records = rows.map((row) =>
    Object.fromEntries(
      columns.map((column, index) => [column.name, plain(fieldOf(column, row[index] ?? null, options))]),
    ),
  );
  return JSON.stringify(records);
}

function plain(field: Field): unknown {
  if (field.isNull) return null;
  return field.arrayValue === undefined ? Object.values(field)[0] : plainArray(field.arrayValue as object);
}

function plainArray(value: object): unknown {
  const [member, elements] = Object.entries(value)[0] as [string, readonly unknown[]];
  return member === 'arrayValues' ? elements.map((nested) => plainArray(nested as object)) : elements;
}
