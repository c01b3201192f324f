import { jsonService } from '../../core/protocols/json-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import type { StreamSourcePeer } from '../kinesis/kinesis-peer.ts';
import { exportOperations } from './exports/export-operations.ts';
import { ImportBook } from './imports/import-book.ts';
import { importOperations } from './imports/import-operations.ts';
import { itemOperations } from './item-operations.ts';
import { StreamBook } from './streams/stream-book.ts';
import { streamOperations } from './streams/stream-operations.ts';
import { streamPeer } from './streams/stream-peer.ts';
import { tableResource } from './table-resource.ts';
import { settingOperations } from './table-settings.ts';
import { TableStore } from './table-store.ts';
import { tableOperations } from './tables/table-operations.ts';
import { TimeToLive } from './time-to-live.ts';
import { transactionOperations } from './transactions.ts';

/** Amazon DynamoDB: dynalite's expressions and validations over an in-memory store of our own. Streams with one shard each; no PartiQL or restores. */
export function createDynamoDb(context: ServiceContext): Emulated<StreamSourcePeer> {
  const timeToLive = new TimeToLive(context.clock, () => store);
  const streams = new StreamBook(context);
  const imports = new ImportBook(context);
  const store = new TableStore((table, before, after) => {
    if (after) timeToLive.onPut(table, after);
    if (streams.hasStream(table)) streams.onChange(table, { before, after, isExpiry: timeToLive.isExpiring });
  });
  const service = jsonService({
    signingName: 'dynamodb',
    // `DynamoDB_20120810`, and `DynamoDBStreams_20120810` for the streams: one signing name for both.
    targetPrefix: 'DynamoDB',
    version: '1.0',
    operations: {
      ...itemOperations(store, context),
      ...transactionOperations(store, context),
      ...tableOperations(store, context, streams),
      ...streamOperations(streams, context),
      ...importOperations(store, context, imports),
      ...exportOperations(store, context),
      ...settingOperations(store, context, timeToLive),
    },
    resources: { 'AWS::DynamoDB::Table': tableResource(store, context, { timeToLive, streams }) },
    stop: async () => timeToLive.stop(),
  });
  return { service, peer: streamPeer(streams, context) };
}
