import { randomUUID } from 'node:crypto';
import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { Input } from '../dynalite.ts';
import { onTable, tableArn } from '../table-names.ts';
import type { TableStore } from '../table-store.ts';
import { createTable } from '../tables/create-table.ts';
import { existingTable } from '../tables/existing-table.ts';
import { type ImportBook, importDescription } from './import-book.ts';
import type { ImportFormat } from './read-items.ts';
import { type ImportSource, runImport } from './run-import.ts';

const DELIMITERS = [',', '\t', ':', ';', '|', ' '];
const TABLE_MEMBERS = [
  'TableName',
  'AttributeDefinitions',
  'KeySchema',
  'BillingMode',
  'ProvisionedThroughput',
  'SSESpecification',
  'GlobalSecondaryIndexes',
];

/** ImportTable, DescribeImport and ListImports. The import itself is background work. */
export function importOperations(
  store: TableStore,
  context: ServiceContext,
  imports: ImportBook,
): Record<string, JsonOperation> {
  return {
    ImportTable: {
      permissions: (input: Input) => {
        const { bucket, prefix } = sourceOf(input);
        const { TableName } = (input.TableCreationParameters ?? {}) as Input;
        return [
          onTable(context, 'ImportTable', TableName),
          { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}`, context: { 's3:prefix': prefix } },
          { action: 's3:GetObject', resource: `arn:aws:s3:::${bucket}/${prefix}*` },
        ];
      },
      handle: (input: Input) => ({ ImportTableDescription: importTable(store, context, imports, input) }),
    },
    DescribeImport: {
      permissions: (input: Input) => [{ action: 'dynamodb:DescribeImport', resource: String(input.ImportArn) }],
      handle: (input: Input) => ({ ImportTableDescription: importDescription(imports.get(input.ImportArn), context) }),
    },
    ListImports: {
      permissions: () => [{ action: 'dynamodb:ListImports', resource: '*' }],
      handle: (input: Input) => listImports(imports, input),
    },
  };
}

function importTable(store: TableStore, context: ServiceContext, imports: ImportBook, input: Input): unknown {
  const clientToken = String(input.ClientToken ?? randomUUID());
  const earlier = imports.byToken(clientToken);
  if (earlier) return importDescription(earlier, context);
  const format = formatOf(input);
  const source = sourceOf(input);
  const parameters = (input.TableCreationParameters ?? {}) as Input;
  refuseOthers('ImportTable TableCreationParameters', parameters, TABLE_MEMBERS);
  const name = String(parameters.TableName);
  if (store.tables.has(name)) throw new ApiError('ResourceInUseException', `Table already exists: ${name}`);
  createTable(store, context, parameters);
  const table = existingTable(store, name);
  table.description = { ...table.description, TableStatus: 'CREATING' };
  const running = imports.open({
    tableArn: tableArn(context, name),
    tableId: table.description.TableId,
    clientToken,
    asked: input,
  });
  void context.track(runImport({ store, context, table, running }, { ...source, ...format })).catch(context.report);
  return importDescription(running, context);
}

function formatOf(input: Input): ImportFormat {
  const { InputFormat, InputCompressionType = 'NONE', InputFormatOptions, ClientToken: _, ...rest } = input;
  refuseOthers('ImportTable', rest, ['S3BucketSource', 'TableCreationParameters']);
  if (InputFormat !== 'DYNAMODB_JSON' && InputFormat !== 'CSV') throw notEmulated('InputFormat', InputFormat);
  if (InputCompressionType !== 'NONE' && InputCompressionType !== 'GZIP') {
    throw notEmulated('InputCompressionType', InputCompressionType);
  }
  const csv = (InputFormatOptions as { Csv?: { Delimiter?: string; HeaderList?: string[] } } | undefined)?.Csv;
  const delimiter = csv?.Delimiter ?? ',';
  if (!DELIMITERS.includes(delimiter)) throw new ApiError('ValidationException', `Invalid Delimiter '${delimiter}'.`);
  return {
    format: InputFormat,
    compression: InputCompressionType,
    delimiter,
    ...(csv?.HeaderList ? { header: csv.HeaderList } : {}),
  };
}

function sourceOf({ S3BucketSource }: Input): ImportSource {
  const { S3Bucket, S3KeyPrefix = '', ...unknown } = (S3BucketSource ?? {}) as Record<string, string>;
  refuseOthers('ImportTable S3BucketSource', unknown, ['S3BucketOwner']);
  if (!S3Bucket) throw new ApiError('ValidationException', 'S3BucketSource needs an S3Bucket.');
  return { bucket: S3Bucket, prefix: S3KeyPrefix };
}

function listImports(imports: ImportBook, { TableArn, PageSize = 25, NextToken }: Input): unknown {
  const all = imports.all().filter(({ tableArn: arn }) => TableArn === undefined || arn === TableArn);
  const start = Number(NextToken ?? 0);
  const page = all.slice(start, start + Number(PageSize));
  const end = start + page.length;
  return {
    ImportSummaryList: page.map((one) => ({
      ImportArn: one.importArn,
      ImportStatus: one.status,
      TableArn: one.tableArn,
      S3BucketSource: one.asked.S3BucketSource,
      InputFormat: one.asked.InputFormat,
      StartTime: one.startedAt / 1000,
      ...(one.endedAt === undefined ? {} : { EndTime: one.endedAt / 1000 }),
    })),
    ...(end < all.length ? { NextToken: String(end) } : {}),
  };
}

function refuseOthers(what: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new ApiError('ValidationException', `The sandbox does not emulate ${what} ${unknown.join(', ')}.`);
  }
}

const notEmulated = (member: string, value: unknown): ApiError =>
  new ApiError('ValidationException', `The sandbox does not emulate ${member} ${String(value)}.`);
