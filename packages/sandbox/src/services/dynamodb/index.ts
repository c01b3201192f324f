import { jsonService } from '../../core/json-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { itemOperations } from './item-operations.ts';
import { tableOperations } from './table-operations.ts';
import { tableResource } from './table-resource.ts';
import { settingOperations } from './table-settings.ts';
import { TableStore } from './table-store.ts';
import { TimeToLive } from './time-to-live.ts';
import { transactionOperations } from './transactions.ts';

/** Amazon DynamoDB: dynalite's expressions and validations over an in-memory store of our own. No streams, PartiQL or restores. */
export function createDynamoDb(context: ServiceContext): Emulated {
  const timeToLive = new TimeToLive(context.clock, () => store);
  const store = new TableStore((table, item) => timeToLive.onPut(table, item));
  const service = jsonService({
    signingName: 'dynamodb',
    targetPrefix: 'DynamoDB_20120810',
    version: '1.0',
    operations: {
      ...itemOperations(store, context),
      ...transactionOperations(store, context),
      ...tableOperations(store, context),
      ...settingOperations(store, context, timeToLive),
    },
    resources: { 'AWS::DynamoDB::Table': tableResource(store, context, timeToLive) },
    stop: async () => timeToLive.stop(),
  });
  return { service, peer: undefined };
}
