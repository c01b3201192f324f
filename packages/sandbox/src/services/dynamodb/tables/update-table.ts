import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { Input } from '../dynalite.ts';
import type { StreamBook } from '../streams/stream-book.ts';
import type { Table } from '../table.ts';
import type { TableStore } from '../table-store.ts';
import { throughputChange } from '../table-throughput.ts';
import { existingTable } from './existing-table.ts';
import { encryption } from './server-side-encryption.ts';
import { isTrue } from './template-boolean.ts';

/** UpdateTable, as far as the sandbox emulates it: billing, protection, encryption, streams. */
export function updateTable(store: TableStore, context: ServiceContext, streams: StreamBook, input: Input): Table {
  const { TableName, DeletionProtectionEnabled, SSESpecification, StreamSpecification, ...others } = input;
  const {
    BillingMode: _mode,
    ProvisionedThroughput: _provisioned,
    OnDemandThroughput: _maximum,
    WarmThroughput: _warmth,
    ...unknown
  } = others;
  const names = Object.keys(unknown);
  if (names.length > 0) {
    throw new ApiError('ValidationException', `The sandbox does not emulate UpdateTable ${names.join(', ')}.`);
  }
  const table = existingTable(store, TableName);
  table.description = {
    ...table.description,
    ...throughputChange(table.description, input, context.clock.now() / 1000),
    ...(DeletionProtectionEnabled === undefined
      ? {}
      : { DeletionProtectionEnabled: isTrue(DeletionProtectionEnabled) }),
    ...encryption(context, SSESpecification),
  };
  if (StreamSpecification !== undefined) changeStream(streams, table, StreamSpecification);
  return table;
}

/** The API turns a stream on or off; what it already is, it refuses. */
function changeStream(streams: StreamBook, table: Table, specification: unknown): void {
  const { StreamEnabled } = specification as { readonly StreamEnabled?: unknown };
  const { TableName, LatestStreamArn } = table.description;
  if (streams.hasStream(TableName) === isTrue(StreamEnabled)) {
    throw new ApiError(
      'ValidationException',
      LatestStreamArn
        ? `Table already has an enabled stream: TableName: ${TableName}`
        : 'Table has no stream to disable',
    );
  }
  streams.specify(table, specification);
}
