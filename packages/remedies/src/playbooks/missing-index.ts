import { cutText } from '@lamplighter/contracts/cut-text';
import type { Playbook } from '../playbook.ts';
import { blamesAnother, DATABASE, holdsConnections } from './blamed-dependency.ts';

const LONGEST_NAME = 63;
/** Of a statement, in characters: its beginning tells which one it is. */
const LONGEST_STATEMENT = 200;

/** An index for a statement that reads its whole table. Built beside the traffic (CONCURRENTLY), never without a person. */
export const missingIndex: Playbook = {
  name: 'missing-index',
  answers: ['slow-down', 'dependency-slow', 'timeouts', 'timeout-risk', 'connection-pressure'],
  risk: 'medium',
  permissions: ['rds-data:ExecuteStatement', 'secretsmanager:GetSecretValue'],
  verifies: 'duration',
  alwaysAsks: true,
  propose: ({ finding, cluster }) => {
    const scan = cluster?.sequentialScan;
    if (cluster === undefined || scan === undefined || scan.columns.length === 0) return undefined;
    if (blamesAnother(finding, DATABASE) || holdsConnections(finding)) return undefined;
    const { table, columns, statement } = scan;
    const indexName = `${table}_${columns.join('_')}_idx`.slice(0, LONGEST_NAME);
    return {
      change: {
        kind: 'aurora-index',
        clusterArn: cluster.clusterArn,
        secretArn: cluster.secretArn,
        database: cluster.database,
        table,
        columns: [...columns],
        indexName,
      },
      title: `Create the index ${indexName} on ${table} (${columns.join(', ')})`,
      reason: `This statement reads the whole of ${table}: ${cutText(statement, LONGEST_STATEMENT)}`,
      costPerHourUsd: 0,
      undo: `The index ${indexName} is dropped, concurrently.`,
      patch: `-- a migration, so that the next deploy keeps it\nCREATE INDEX CONCURRENTLY IF NOT EXISTS ${indexName} ON ${table} (${columns.join(', ')});\n`,
    };
  },
};
