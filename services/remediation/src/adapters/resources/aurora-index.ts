import { ExecuteStatementCommand, type RDSDataClient } from '@aws-sdk/client-rds-data';
import type { Change } from '@lamplighter/remedies';
import type { ChangeHands } from './resources.ts';

type IndexChange = Extract<Change, { kind: 'aurora-index' }>;
/** An index change whose columns say what to do: none left means the index goes. */
const DROPPED = 'dropped';

/** An index that is built, and dropped, beside the traffic. Names are plain identifiers by the change's own schema: nothing is quoted. */
export function auroraIndex(client: RDSDataClient): ChangeHands<IndexChange> {
  const run = ({ clusterArn, secretArn, database }: IndexChange, sql: string) =>
    client.send(new ExecuteStatementCommand({ resourceArn: clusterArn, secretArn, database, sql }));
  return {
    async read(change) {
      const sql = `select indexname from pg_indexes where indexname = '${change.indexName}'`;
      const { records = [] } = await run(change, sql);
      // Is it there already, nothing was changed, and nothing is undone.
      return records.length > 0 ? { kind: 'absent' } : { ...change, columns: [DROPPED] };
    },
    async write(change) {
      const { indexName, table, columns } = change;
      if (columns.length === 1 && columns[0] === DROPPED) {
        await run(change, `drop index concurrently if exists ${indexName}`);
      } else {
        await run(change, `create index concurrently if not exists ${indexName} on ${table} (${columns.join(', ')})`);
      }
    },
  };
}
