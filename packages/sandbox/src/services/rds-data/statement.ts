import { ApiError } from '../../core/service.ts';
import type { Connection, DataApiCluster, EngineResult } from '../rds/data-api-cluster.ts';
import { badRequest, statementTimeout } from './data-error.ts';
import { columnMetadata } from './values/column-metadata.ts';
import { numberParameters } from './values/named-parameters.ts';
import { bindParameters, type SqlParameter } from './values/parameter-values.ts';
import { fieldOf, formatRecords, type ResultOptions } from './values/result-fields.ts';

export interface StatementInput {
  readonly sql?: string;
  readonly parameters?: readonly SqlParameter[];
  readonly includeResultMetadata?: boolean;
  readonly formatRecordsAs?: 'JSON' | 'NONE';
  readonly resultSetOptions?: ResultOptions;
}

/** Source: Aurora User Guide, "Limitations with RDS Data API": 1 MiB in all, 64 KB a row. */
const LARGEST_RESULT_BYTES = 1_048_576;
const LARGEST_ROW_BYTES = 65_536;

/** Runs one statement with named parameters. */
export function runStatement(connection: Connection, sql: unknown, parameters: readonly SqlParameter[]) {
  if (typeof sql !== 'string' || sql.trim() === '') throw badRequest('SQL is empty');
  const numbered = numberParameters(sql);
  return connection.run(numbered.sql, bindParameters(numbered.names, parameters));
}

/** The answer of ExecuteStatement; throws `DatabaseErrorException` where it is too large. */
export function statementAnswer(result: EngineResult, input: StatementInput) {
  const { columns, rows, affectedRows } = result;
  const options = input.resultSetOptions ?? {};
  if (rows.some((row) => valueBytes(row) > LARGEST_ROW_BYTES)) throw tooLarge();
  if (columns.length === 0) return { numberOfRecordsUpdated: affectedRows, generatedFields: [] };
  if (input.formatRecordsAs === 'JSON') {
    const formattedRecords = formatRecords(columns, rows, options);
    assertSmall(Buffer.byteLength(formattedRecords));
    return { numberOfRecordsUpdated: affectedRows, formattedRecords };
  }
  const records = rows.map((row) => columns.map((column, index) => fieldOf(column, row[index] ?? null, options)));
  assertSmall(Buffer.byteLength(JSON.stringify(records)));
  return {
    numberOfRecordsUpdated: affectedRows,
    records,
    ...(input.includeResultMetadata ? { columnMetadata: columns.map(columnMetadata) } : {}),
  };
}

const valueBytes = (row: readonly (string | null)[]): number =>
  row.reduce((sum, value) => sum + Buffer.byteLength(value ?? ''), 0);

function assertSmall(bytes: number): void {
  if (bytes > LARGEST_RESULT_BYTES) throw tooLarge();
}

const tooLarge = (): ApiError =>
  new ApiError('UnsupportedResultException', 'Database returned more than the allowed response size limit');

/** Gives an answer up after the Data API's 45 s. The statement itself runs on to its end: PostgreSQL in WebAssembly cannot be interrupted. */
export async function withinTime<T>(cluster: DataApiCluster, work: (patience: AbortSignal) => Promise<T>): Promise<T> {
  const patience = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = statementTimeout(1);
    patience.abort(error);
    late.reject(error);
  }, cluster.statementTimeoutMs);
  try {
    return await Promise.race([work(patience.signal), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
