import { DescribeDBClustersCommand, type RDSClient } from '@aws-sdk/client-rds';
import { ExecuteStatementCommand, type RDSDataClient } from '@aws-sdk/client-rds-data';
import type { ClusterSettings } from '@lamplighter/remedies';
import { scanInPlan } from '../../domain/scan-in-plan.ts';

const CLUSTER_ARN = /^arn:[^:]+:rds:[^:]*:\d{12}:cluster:.+$/;
const SECRET_ARN = /^arn:[^:]+:secretsmanager:.+$/;
/** The statements that took the most time, as the database itself counts them; ours are left out by their first word. */
const SLOWEST = `select query from pg_stat_statements
where calls > 0 and query ~* '^\\s*(select|update|delete)' and query !~* 'pg_(stat|catalog|indexes)'
order by mean_exec_time desc limit 5`;

/** The cluster that a function's environment names, and the first of its slowest statements that reads a whole table. */
export async function readCluster(
  { rds, rdsData }: { readonly rds: RDSClient; readonly rdsData: RDSDataClient },
  environment: readonly string[],
): Promise<ClusterSettings | undefined> {
  const clusterArn = environment.find((value) => CLUSTER_ARN.test(value));
  const secretArn = environment.find((value) => SECRET_ARN.test(value));
  if (clusterArn === undefined || secretArn === undefined) return undefined;
  const clusterId = clusterArn.split(':').at(-1)!;
  const { DBClusters = [] } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: clusterId }));
  const cluster = DBClusters[0];
  if (cluster === undefined) return undefined;
  const database = cluster.DatabaseName ?? 'postgres';
  const range = cluster.ServerlessV2ScalingConfiguration;
  const run = async (sql: string) => {
    const { records = [] } = await rdsData.send(
      new ExecuteStatementCommand({ resourceArn: clusterArn, secretArn, database, sql }),
    );
    return records.map(([first]) => first?.stringValue ?? '');
  };
  const scan = await findScan(run);
  return {
    clusterId,
    clusterArn,
    secretArn,
    database,
    minAcu: range?.MinCapacity ?? 0,
    maxAcu: range?.MaxCapacity ?? 1,
    ...(scan && { sequentialScan: scan }),
  };
}

async function findScan(run: (sql: string) => Promise<string[]>): Promise<ClusterSettings['sequentialScan']> {
  for (const statement of await run(SLOWEST)) {
    // Generic plans need no values for `$1`: https://www.postgresql.org/docs/16/sql-explain.html, GENERIC_PLAN
    const [plan = ''] = await run(`explain (generic_plan, format json) ${statement}`).catch(() => []);
    const scan = scanInPlan(plan);
    if (scan !== undefined) return { ...scan, statement };
  }
  return undefined;
}
