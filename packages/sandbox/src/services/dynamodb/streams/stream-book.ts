import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { Item, Table } from '../table.ts';
import { type StreamViewType, TableStream, VIEW_TYPES } from './table-stream.ts';

/** The streams of all tables: the one that is written, and those that were. */
export class StreamBook {
  readonly #context: ServiceContext;
  readonly #byArn = new Map<string, TableStream>();
  readonly #written = new Map<string, TableStream>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  all(): readonly TableStream[] {
    return [...this.#byArn.values()];
  }

  /** Throws `ResourceNotFoundException`. */
  get(arn: string): TableStream {
    const stream = this.#byArn.get(arn);
    if (stream) return stream;
    throw new ApiError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
  }

  /** Brings a table's stream to a `StreamSpecification`, CloudFormation's (which has no `StreamEnabled`) or the API's. */
  specify(table: Table, specification: unknown): void {
    const { StreamEnabled, StreamViewType, ...unknown } = (specification ?? { StreamEnabled: false }) as {
      readonly StreamEnabled?: unknown;
      readonly StreamViewType?: string;
    };
    const names = Object.keys(unknown);
    if (names.length > 0) throw invalid(`The sandbox does not emulate StreamSpecification ${names.join(', ')}.`);
    const isWanted = StreamEnabled === undefined || String(StreamEnabled) === 'true';
    const written = this.#written.get(table.description.TableName);
    if (isWanted && written && written.viewType === StreamViewType) return;
    if (written) this.close(table.description.TableName);
    const { StreamSpecification: _, LatestStreamArn: _arn, LatestStreamLabel: _label, ...rest } = table.description;
    table.description = rest as Table['description'];
    if (!isWanted) return;
    const viewType = VIEW_TYPES.find((one) => one === StreamViewType);
    if (!viewType) throw invalid(`StreamViewType must be one of ${VIEW_TYPES.join(', ')}, not ${StreamViewType}.`);
    this.#open(table, viewType);
  }

  /** Ends the stream of a table; what is in it can still be read. */
  close(tableName: string): void {
    const stream = this.#written.get(tableName);
    if (stream) stream.isEnabled = false;
    this.#written.delete(tableName);
  }

  /** Hears of every change of an item. */
  onChange(tableName: string, change: { before: Item | undefined; after: Item | undefined; isExpiry: boolean }): void {
    this.#written.get(tableName)?.append(change, this.#context.clock.now());
  }

  hasStream(tableName: string): boolean {
    return this.#written.has(tableName);
  }

  #open(table: Table, viewType: StreamViewType): void {
    let createdAt = this.#context.clock.now();
    let stream = new TableStream(table, viewType, createdAt);
    while (this.#byArn.has(stream.arn)) stream = new TableStream(table, viewType, ++createdAt);
    this.#byArn.set(stream.arn, stream);
    this.#written.set(stream.tableName, stream);
    table.description = {
      ...table.description,
      StreamSpecification: { StreamEnabled: true, StreamViewType: viewType },
      LatestStreamArn: stream.arn,
      LatestStreamLabel: stream.label,
    };
  }
}

const invalid = (message: string): ApiError => new ApiError('ValidationException', message);
