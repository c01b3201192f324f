import { ExecuteStatementCommand, type RDSDataClient } from '@aws-sdk/client-rds-data';
import { LamplighterError } from '@lamplighter/lambda-kit';
import type { Change } from '@lamplighter/remedies';
import { NothingChanged } from '../../domain/nothing-changed.ts';
import type { ChangeHands } from './resources.ts';

type IndexChange = Extract<Change, { kind: 'aurora-index' }>;
type IndexState = 'absent' | 'building' | 'invalid' | 'valid';

/** An index change whose columns say what to do: none left means the index goes. */
const DROPPED = 'dropped';

/**
 * An index that is built, and dropped, beside the traffic. Names are plain identifiers by the change's own schema: nothing is quoted.
 * The Data API gives an answer within 45 seconds and lets a longer statement go on
 * (https://docs.aws.amazon.com/rdsdataservice/latest/APIReference/API_ExecuteStatement.html); a build that fails leaves an invalid index behind
 * (https://www.postgresql.org/docs/16/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY), which a repetition takes away first.
 */
export function auroraIndex(client: RDSDataClient): ChangeHands<IndexChange> {
  const run = async ({ clusterArn, secretArn, database }: IndexChange, sql: string) => {
    const target = { resourceArn: clusterArn, secretArn, database };
    const { records = [] } = await client.send(
      new ExecuteStatementCommand({ ...target, sql, continueAfterTimeout: true }),
    );
    return records[0]?.[0]?.stringValue;
  };
  const stateOf = async (change: IndexChange): Promise<IndexState> => {
    const sql = `select case when i.indisvalid then 'valid' when p.pid is not null then 'building' else 'invalid' end
from pg_index i left join pg_stat_progress_create_index p on p.index_relid = i.indexrelid
where i.indexrelid = to_regclass('${change.indexName}')`;
    return ((await run(change, sql)) as IndexState | undefined) ?? 'absent';
  };
  const drop = (change: IndexChange) => run(change, `drop index concurrently if exists ${change.indexName}`);
  return {
    async read(change) {
      const state = await stateOf(change);
      if (state === 'valid') throw new NothingChanged(`The index ${change.indexName} is there already.`);
      // What somebody else is building, or left behind, is not undone.
      return state === 'absent' ? { ...change, columns: [DROPPED] } : { kind: 'absent' };
    },
    async write(change) {
      const { indexName, table, columns } = change;
      if (columns.length === 1 && columns[0] === DROPPED) {
        await drop(change);
        return;
      }
      const state = await stateOf(change);
      if (state === 'valid') return;
      if (state === 'building')
        throw new LamplighterError(
          'INDEX_BUILDING',
          `The index ${indexName} is still being built; the step comes again.`,
        );
      if (state === 'invalid') await drop(change);
      await run(change, `create index concurrently if not exists ${indexName} on ${table} (${columns.join(', ')})`);
    },
  };
}
