import type { EngineColumn } from '../../rds/data-api-cluster.ts';
import { TYPE } from './parameter-values.ts';

/** JDBC's number and PostgreSQL's name of each type. Source: java.sql.Types; PostgreSQL's catalog `pg_type`. */
const TYPES = new Map<number, readonly [jdbc: number, name: string]>([
  [TYPE.bool, [-7, 'bool']],
  [TYPE.bytea, [-2, 'bytea']],
  [TYPE.int8, [-5, 'int8']],
  [TYPE.int2, [5, 'int2']],
  [TYPE.int4, [4, 'int4']],
  [TYPE.text, [12, 'text']],
  [TYPE.oid, [-5, 'oid']],
  [TYPE.json, [1111, 'json']],
  [TYPE.float4, [7, 'float4']],
  [TYPE.float8, [8, 'float8']],
  [1042, [1, 'bpchar']],
  [1043, [12, 'varchar']],
  [TYPE.date, [91, 'date']],
  [TYPE.time, [92, 'time']],
  [TYPE.timestamp, [93, 'timestamp']],
  [TYPE.timestamptz, [93, 'timestamptz']],
  [TYPE.numeric, [2, 'numeric']],
  [TYPE.uuid, [1111, 'uuid']],
  [3802, [1111, 'jsonb']],
  [1000, [2003, '_bool']],
  [1001, [2003, '_bytea']],
  [1005, [2003, '_int2']],
  [1007, [2003, '_int4']],
  [1016, [2003, '_int8']],
  [1009, [2003, '_text']],
  [1015, [2003, '_varchar']],
  [1021, [2003, '_float4']],
  [1022, [2003, '_float8']],
  [1231, [2003, '_numeric']],
  [2951, [2003, '_uuid']],
]);
const SIGNED: readonly number[] = [TYPE.int2, TYPE.int4, TYPE.int8, TYPE.float4, TYPE.float8, TYPE.numeric];
const JDBC_OTHER = 1111;

/** What `includeResultMetadata` answers of a column, as far as the database tells it with a result: table and precision are not among it. */
export function columnMetadata({ name, typeId }: EngineColumn) {
  const [type, typeName] = TYPES.get(typeId) ?? [JDBC_OTHER, String(typeId)];
  return {
    name,
    label: name,
    type,
    typeName,
    isSigned: SIGNED.includes(typeId),
    isCurrency: typeId === 790,
    isCaseSensitive: ![...SIGNED, TYPE.bool].includes(typeId),
  };
}
