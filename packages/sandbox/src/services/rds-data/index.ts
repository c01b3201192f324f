import { restJsonService } from '../../core/protocols/rest-json-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { dataApiOperations } from './operations.ts';
import { Transactions } from './transactions.ts';

/** The RDS Data API: SQL over HTTP on the clusters of `rds`. */
export function createRdsData(context: ServiceContext): Emulated {
  const transactions = new Transactions(context);
  return {
    peer: undefined,
    service: restJsonService({
      signingName: 'rds-data',
      operations: dataApiOperations(transactions, context),
      stop: async () => transactions.stop(),
    }),
  };
}
