import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError, type ServiceContext } from '../../../core/service.ts';
import { type Input, itemSize } from '../dynalite.ts';
import type { Item, Table } from '../table.ts';
import { onTable } from '../table-names.ts';
import type { TableStore } from '../table-store.ts';
import { existingTable } from '../tables/existing-table.ts';

const KNOWN = [
  'TableArn',
  'S3Bucket',
  'S3Prefix',
  'S3BucketOwner',
  'S3SseAlgorithm',
  'ClientToken',
  'ExportFormat',
  'ExportType',
];

type Export = Record<string, unknown> & { readonly ExportArn: string; ExportStatus: string };

/** ExportTableToPointInTime (of now, whole, as DynamoDB JSON), DescribeExport and ListExports. */
export function exportOperations(store: TableStore, context: ServiceContext): Record<string, JsonOperation> {
  const exports = new Map<string, Export>();
  return {
    ExportTableToPointInTime: {
      permissions: (input: Input) => [
        onTable(context, 'ExportTableToPointInTime', input.TableArn),
        { action: 's3:PutObject', resource: `arn:aws:s3:::${input.S3Bucket}/${input.S3Prefix ?? ''}*` },
      ],
      handle: (input: Input) => {
        const earlier = [...exports.values()].find((one) => one.ClientToken === (input.ClientToken ?? ''));
        const begun = earlier ?? begin(store, context, input);
        exports.set(begun.ExportArn, begun);
        return { ExportDescription: { ...begun } };
      },
    },
    DescribeExport: {
      permissions: (input: Input) => [{ action: 'dynamodb:DescribeExport', resource: String(input.ExportArn) }],
      handle: (input: Input) => {
        const found = exports.get(String(input.ExportArn));
        if (found) return { ExportDescription: found };
        throw new ApiError('ExportNotFoundException', `Export not found: ${String(input.ExportArn)}`);
      },
    },
    ListExports: {
      permissions: () => [{ action: 'dynamodb:ListExports', resource: '*' }],
      handle: ({ TableArn }: Input) => ({
        ExportSummaries: [...exports.values()]
          .filter((one) => TableArn === undefined || one.TableArn === TableArn)
          .map(({ ExportArn, ExportStatus, ExportType }) => ({ ExportArn, ExportStatus, ExportType })),
      }),
    },
  };
}

function begin(store: TableStore, context: ServiceContext, input: Input): Export {
  const unknown = Object.keys(input).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) throw notEmulated(`ExportTableToPointInTime ${unknown.join(', ')}`);
  const { ExportFormat = 'DYNAMODB_JSON', ExportType = 'FULL_EXPORT' } = input;
  if (ExportFormat !== 'DYNAMODB_JSON') throw notEmulated(`ExportFormat ${String(ExportFormat)}`);
  if (ExportType !== 'FULL_EXPORT') throw notEmulated(`ExportType ${String(ExportType)}`);
  const table = existingTable(store, input.TableArn);
  if (!table.pointInTimeRecovery) {
    throw new ApiError(
      'PointInTimeRecoveryUnavailableException',
      'Point in time recovery is not enabled for the table.',
    );
  }
  const now = context.clock.now();
  const id = `${String(now).padStart(14, '0')}-${randomBytes(4).toString('hex')}`;
  const begun: Export = {
    ...input,
    ClientToken: input.ClientToken ?? randomUUID(),
    ExportFormat,
    ExportType,
    ExportArn: `${table.description.TableArn}/export/${id}`,
    ExportStatus: 'IN_PROGRESS',
    TableArn: table.description.TableArn,
    TableId: table.description.TableId,
    StartTime: now / 1000,
    ExportTime: now / 1000,
  };
  // What the table holds at this instant: later writes are not in the export.
  const items = [...store.items(table.description.TableName).values()];
  void context.track(write(context, { begun, id, table, items })).catch(context.report);
  return begun;
}

interface Writing {
  readonly begun: Export;
  readonly id: string;
  readonly table: Table;
  readonly items: readonly Item[];
}

/** Source: DynamoDB Developer Guide, "DynamoDB table export output format". */
async function write(context: ServiceContext, { begun, id, table, items }: Writing): Promise<void> {
  const bucket = String(begun.S3Bucket);
  const prefix = begun.S3Prefix ? `${String(begun.S3Prefix).replace(/\/$/, '')}/` : '';
  const folder = `${prefix}AWSDynamoDB/${id}`;
  const put = (key: string, body: Buffer | string) => context.peers.s3.put(bucket, key, Buffer.from(body));
  try {
    const data = gzipSync(items.map((item) => `${JSON.stringify({ Item: item })}\n`).join(''));
    const dataFileS3Key = `${folder}/data/${randomBytes(13).toString('hex')}.json.gz`;
    const file = { itemCount: items.length, md5Checksum: md5(data), etag: md5(data), dataFileS3Key };
    const manifestFilesS3Key = `${folder}/manifest-files.json`;
    const endedAt = context.clock.now();
    const summary = JSON.stringify({
      version: '2020-06-30',
      exportArn: begun.ExportArn,
      startTime: new Date(Number(begun.StartTime) * 1000).toISOString(),
      endTime: new Date(endedAt).toISOString(),
      tableArn: table.description.TableArn,
      tableId: table.description.TableId,
      exportTime: new Date(Number(begun.ExportTime) * 1000).toISOString(),
      s3Bucket: bucket,
      s3Prefix: begun.S3Prefix ?? null,
      s3SseAlgorithm: begun.S3SseAlgorithm ?? 'AES256',
      s3SseKmsKeyId: null,
      manifestFilesS3Key,
      billedSizeBytes: sizeOf(items),
      itemCount: items.length,
      outputFormat: 'DYNAMODB_JSON',
      exportType: 'FULL_EXPORT',
    });
    await put(`${folder}/_started`, '');
    await put(dataFileS3Key, data);
    await put(manifestFilesS3Key, `${JSON.stringify(file)}\n`);
    await put(`${folder}/manifest-summary.json`, summary);
    const ExportManifest = `${folder}/manifest-summary.json`;
    const counts = { ItemCount: items.length, BilledSizeBytes: sizeOf(items) };
    Object.assign(begun, { ExportStatus: 'COMPLETED', EndTime: endedAt / 1000, ExportManifest, ...counts });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const failure = { FailureCode: error.code, FailureMessage: error.message };
    Object.assign(begun, { ExportStatus: 'FAILED', EndTime: context.clock.now() / 1000, ...failure });
  }
}

const sizeOf = (items: readonly Item[]): number => items.reduce((sum, item) => sum + itemSize(item), 0);

const md5 = (data: Buffer): string => createHash('md5').update(data).digest('base64');

const notEmulated = (what: string): ApiError =>
  new ApiError('ValidationException', `The sandbox does not emulate ${what}.`);
