import { isHit } from '../runtime/faults/chance.ts';
import type { Faults } from '../runtime/faults/faults-schema.ts';
import type { DataApi } from './data-api.ts';

/**
 * The fault of connection pool pressure: before some statements a transaction is opened that does nothing and keeps its
 * connection for a while. Others find fewer connections, or none.
 */
export function pressedConnections(database: DataApi, functionName: string, faults: () => Faults): DataApi {
  let statements = 0;
  const hold = async (): Promise<void> => {
    const { connectionPool, seed } = faults();
    const isMeant = connectionPool !== undefined && (connectionPool.functions?.includes(functionName) ?? true);
    statements += 1;
    if (!isMeant || !isHit(connectionPool.pct, seed, 'pool', statements)) return;
    await database.transaction(async (held) => {
      await held.run('hold connection', 'SELECT 1');
      await new Promise((resolve) => setTimeout(resolve, connectionPool.holdMs));
    });
  };
  return {
    run: async (...call) => {
      await hold();
      return database.run(...call);
    },
    transaction: (work) => database.transaction(work),
  };
}
