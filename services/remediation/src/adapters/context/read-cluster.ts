import { DescribeDBClustersCommand, type RDSClient } from '@aws-sdk/client-rds';
import {
  BeginTransactionCommand,
  ExecuteStatementCommand,
  type RDSDataClient,
  RollbackTransactionCommand,
} from '@aws-sdk/client-rds-data';
import type { Finding } from '@lamplighter/contracts';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import type { ClusterSettings } from '@lamplighter/remedies';
import { isBeside } from '../../domain/home.ts';
import { scanInPlan } from '../../domain/scan-in-plan.ts';

const CLUSTER_ARN = /^arn:[^:]+:rds:[^:]*:\d{12}:cluster:.+$/;
const SECRET_ARN = /^arn:[^:]+:secretsmanager:.+$/;
/** The statements that took the most time, as the database itself counts them; ours are left out by their first word. */
const SLOWEST = `select query from pg_stat_statements
where calls > 0 and query ~* '^\\s*(select|update|delete)' and query !~* 'pg_(stat|catalog|indexes)'
order by mean_exec_time desc limit 5`;

export interface ClusterClients {
  readonly rds: RDSClient;
  /** For statements in this one database, with this one secret. */
  readonly statementsOf: (cluster: {
    readonly clusterArn: string;
    readonly secretArn: string;
  }) => Promise<RDSDataClient>;
  readonly logger: Pick<StructuredLogger, 'warn'>;
}

/** What a function's environment names, and whose function it is: of a cluster elsewhere, one of the same id here would be another. */
export interface ClusterNames {
  readonly environment: readonly string[];
  readonly resource: Finding['resource'];
}

/** The cluster of a function's own account and region that its environment names, and, where an index may be the answer, the first of its slowest statements that reads a whole table. */
export async function readCluster(
  clients: ClusterClients,
  { environment, resource }: ClusterNames,
  isIndexAsked: boolean,
): Promise<ClusterSettings | undefined> {
  const clusterArn = environment.find((value) => CLUSTER_ARN.test(value) && isBeside(value, resource));
  const secretArn = environment.find((value) => SECRET_ARN.test(value));
  if (clusterArn === undefined || secretArn === undefined) return undefined;
  const clusterId = clusterArn.split(':').at(-1)!;
  const { DBClusters = [] } = await clients.rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: clusterId }));
  const cluster = DBClusters[0];
  if (cluster === undefined) return undefined;
  const database = cluster.DatabaseName ?? 'postgres';
  const range = cluster.ServerlessV2ScalingConfiguration;
  const scan = isIndexAsked ? await readableScan(clients, { resourceArn: clusterArn, secretArn, database }) : undefined;
  return {
    clusterId,
    clusterArn,
    secretArn,
    database,
    ...(range?.MinCapacity !== undefined && { minAcu: range.MinCapacity }),
    ...(range?.MaxCapacity !== undefined && { maxAcu: range.MaxCapacity }),
    ...(cluster.DBClusterMembers?.length && { instances: cluster.DBClusterMembers.length }),
    tags: Object.fromEntries((cluster.TagList ?? []).map(({ Key, Value }) => [Key!, Value ?? ''])),
    ...(scan && { sequentialScan: scan }),
  };
}

/** The secret may be another's, or not to be read: what is known of the cluster itself stands without it. */
async function readableScan({ statementsOf, logger }: ClusterClients, target: Target) {
  const { resourceArn: clusterArn, secretArn } = target;
  try {
    return await scanIn(await statementsOf({ clusterArn, secretArn }), target);
  } catch (error) {
    const { message } = error as Error;
    const wayOut = message.includes('pg_stat_statements') ? `: ${wayToStatistics(target)}` : '';
    logger.warn(`the statements of a cluster could not be read; no index is proposed${wayOut}`, {
      clusterArn,
      error: error as Error,
    });
    return undefined;
  }
}

/** Aurora loads the library, but each database has the view only once the extension is created there. */
const wayToStatistics = ({ database }: Target): string =>
  `in the database ${database}, run CREATE EXTENSION pg_stat_statements as a member of rds_superuser`;

function scanIn(rdsData: RDSDataClient, { database, ...target }: Target): Promise<ClusterSettings['sequentialScan']> {
  const run: Run = async (sql, transactionId) => {
    const within = transactionId === undefined ? { database } : { transactionId };
    const { records = [] } = await rdsData.send(new ExecuteStatementCommand({ ...target, ...within, sql }));
    return records.map(([first]) => first?.stringValue ?? '');
  };
  return findScan(run, plansOf(rdsData, { ...target, database }, run));
}

/** A statement of the database, in a transaction where one is given. */
type Run = (sql: string, transactionId?: string) => Promise<string[]>;

async function findScan(
  run: Run,
  planOf: (statement: string) => Promise<string>,
): Promise<ClusterSettings['sequentialScan']> {
  for (const statement of await run(SLOWEST)) {
    const scan = scanInPlan(await planOf(statement));
    if (scan !== undefined) return { ...scan, statement };
  }
  return undefined;
}

/**
 * The plan of a statement whose values are not known: prepared, and explained as it would be run with any. In a transaction that is rolled back, because a
 * prepared statement belongs to its session. What cannot be prepared has no plan. https://www.postgresql.org/docs/16/sql-prepare.html
 */
function plansOf(client: RDSDataClient, target: Target, run: Run): (statement: string) => Promise<string> {
  return async (statement) => {
    const { transactionId } = await client.send(new BeginTransactionCommand(target));
    const nulls = Array.from({ length: mostParameter(statement) }, () => 'null').join(', ');
    try {
      await run('set local plan_cache_mode = force_generic_plan', transactionId);
      await run(`prepare lamplighter_plan as ${statement}`, transactionId);
      const [plan = ''] = await run(
        `explain (format json) execute lamplighter_plan${nulls && `(${nulls})`}`,
        transactionId,
      );
      await run('deallocate lamplighter_plan', transactionId);
      return plan;
    } catch {
      return '';
    } finally {
      await client.send(
        new RollbackTransactionCommand({ resourceArn: target.resourceArn, secretArn: target.secretArn, transactionId }),
      );
    }
  };
}

const mostParameter = (statement: string): number =>
  Math.max(0, ...[...statement.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));

interface Target {
  readonly resourceArn: string;
  readonly secretArn: string;
  readonly database: string;
}
