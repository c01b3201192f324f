import { randomBytes } from 'node:crypto';
import { ApiError, type ServiceContext } from '../../../core/service.ts';

/** One import of objects of a bucket into a new table, as DescribeImport tells it. */
export interface TableImport {
  readonly importArn: string;
  readonly tableArn: string;
  readonly tableId: string;
  readonly clientToken: string;
  /** The input, given back as it came. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly startedAt: number;
  endedAt?: number;
  status: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  processedItems: number;
  importedItems: number;
  errors: number;
  processedBytes: number;
  failure?: { readonly code: string; readonly message: string };
}

/** Where a refused line is written, beside the count of them (Developer Guide, "DynamoDB data import from Amazon S3", error logs). */
export const IMPORT_LOG_GROUP = '/aws-dynamodb/imports';

/** The imports of the account, newest last. */
export class ImportBook {
  readonly #context: ServiceContext;
  readonly #imports = new Map<string, TableImport>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  open(started: Pick<TableImport, 'tableArn' | 'tableId' | 'clientToken' | 'asked'>): TableImport {
    const now = this.#context.clock.now();
    const id = `${String(now).padStart(14, '0')}-${randomBytes(4).toString('hex')}`;
    const opened: TableImport = {
      ...started,
      importArn: `${started.tableArn}/import/${id}`,
      startedAt: now,
      status: 'IN_PROGRESS',
      processedItems: 0,
      importedItems: 0,
      errors: 0,
      processedBytes: 0,
    };
    this.#imports.set(opened.importArn, opened);
    return opened;
  }

  /** Throws `ImportNotFoundException`. */
  get(arn: unknown): TableImport {
    const found = this.#imports.get(String(arn));
    if (found) return found;
    throw new ApiError('ImportNotFoundException', `Import not found: ${String(arn)}`);
  }

  byToken(clientToken: string): TableImport | undefined {
    return this.all().find((one) => one.clientToken === clientToken);
  }

  all(): readonly TableImport[] {
    return [...this.#imports.values()];
  }
}

/** `ImportTableDescription` */
export function importDescription(one: TableImport, { region, accountId }: ServiceContext) {
  return {
    ...one.asked,
    ImportArn: one.importArn,
    ImportStatus: one.status,
    TableArn: one.tableArn,
    TableId: one.tableId,
    ClientToken: one.clientToken,
    CloudWatchLogGroupArn: `arn:aws:logs:${region}:${accountId}:log-group:${IMPORT_LOG_GROUP}:*`,
    StartTime: one.startedAt / 1000,
    ...(one.endedAt === undefined ? {} : { EndTime: one.endedAt / 1000 }),
    ErrorCount: one.errors,
    ProcessedItemCount: one.processedItems,
    ImportedItemCount: one.importedItems,
    ProcessedSizeBytes: one.processedBytes,
    ...(one.failure ? { FailureCode: one.failure.code, FailureMessage: one.failure.message } : {}),
  };
}
