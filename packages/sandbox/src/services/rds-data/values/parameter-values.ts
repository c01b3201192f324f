import { ApiError } from '../../../core/service.ts';
import type { EngineParameter } from '../../rds/data-api-cluster.ts';
import { badRequest } from '../data-error.ts';

/** A value on the wire, of a parameter or of a record. */
export interface Field {
  readonly isNull?: boolean;
  readonly booleanValue?: boolean;
  readonly longValue?: number;
  readonly doubleValue?: number;
  readonly stringValue?: string;
  /** Base64. */
  readonly blobValue?: string;
  readonly arrayValue?: unknown;
}

export interface SqlParameter {
  readonly name?: string;
  readonly value?: Field;
  readonly typeHint?: string;
}

/** Object ids of PostgreSQL's types, from its catalog `pg_type`. */
export const TYPE = {
  bool: 16,
  bytea: 17,
  int8: 20,
  int2: 21,
  int4: 23,
  text: 25,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  date: 1082,
  time: 1083,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
  uuid: 2950,
} as const;

const HINTS: Readonly<Record<string, number>> = {
  DATE: TYPE.date,
  DECIMAL: TYPE.numeric,
  JSON: TYPE.json,
  TIME: TYPE.time,
  TIMESTAMP: TYPE.timestamp,
  UUID: TYPE.uuid,
};

/**
 * The values of a statement's parameters in the order of their numbers. Text is sent as text: a column of another type needs a hint or a
 * cast, as on AWS. Throws `BadRequestException` where one is missing.
 */
export function bindParameters(names: readonly string[], parameters: readonly SqlParameter[]): EngineParameter[] {
  const byName = new Map(parameters.map((parameter) => [parameter.name ?? '', parameter]));
  return names.map((name) => {
    const parameter = byName.get(name);
    if (!parameter) throw badRequest(`Cannot find parameter: ${name}`);
    return engineParameter(parameter);
  });
}

function engineParameter({ name = '', value = {}, typeHint }: SqlParameter): EngineParameter {
  const hinted = typeHint === undefined ? undefined : HINTS[typeHint];
  if (typeHint !== undefined && hinted === undefined)
    throw badRequest(`Invalid typeHint ${typeHint} of parameter ${name}.`);
  if (value.arrayValue !== undefined) throw new ApiError('ValidationException', 'Array parameters are not supported.');
  if (value.isNull) return { typeId: hinted ?? 0, value: null };
  if (value.stringValue !== undefined) return { typeId: hinted ?? TYPE.text, value: value.stringValue };
  if (value.longValue !== undefined) return { typeId: TYPE.int8, value: String(value.longValue) };
  if (value.doubleValue !== undefined) return { typeId: TYPE.float8, value: String(value.doubleValue) };
  if (value.booleanValue !== undefined) return { typeId: TYPE.bool, value: String(value.booleanValue) };
  if (value.blobValue !== undefined) return { typeId: TYPE.bytea, value: Buffer.from(value.blobValue, 'base64') };
  throw badRequest(`Parameter ${name} has no value.`);
}
