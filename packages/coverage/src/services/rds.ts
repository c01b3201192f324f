import type { Watch } from '../coverage-report.ts';
import type { CoverageRule, ServiceRules } from '../coverage-rule.ts';
import type { StackResource } from '../stack-view.ts';
import { listOf } from '../template.ts';
import { storeRule } from './called-stores.ts';

const MEND =
  'have the functions that use it watched, or put an alarm on its metrics, or EnableCloudwatchLogsExports or PerformanceInsightsEnabled';

/** What runs out, waits or is refused. */
const TROUBLE = [
  ...['ACUUtilization', 'CPUUtilization', 'DatabaseConnections', 'DBLoad', 'DBLoadNonCPU', 'DiskQueueDepth'],
  ...['FreeableMemory', 'FreeLocalStorage', 'FreeStorageSpace', 'BurstBalance', 'AuroraReplicaLag', 'ReplicaLag'],
  ...['CommitLatency', 'DMLLatency', 'SelectLatency', 'ReadLatency', 'WriteLatency', 'Deadlocks', 'LoginFailures'],
];

const cluster = storeRule(
  { namespace: 'AWS/RDS', dimension: 'DBClusterIdentifier', metrics: TROUBLE },
  MEND,
  databaseWatches,
);
const instance = storeRule(
  { namespace: 'AWS/RDS', dimension: 'DBInstanceIdentifier', metrics: TROUBLE },
  MEND,
  databaseWatches,
);

/** An instance of a cluster of this stack is watched as the cluster. */
const instanceRule: CoverageRule = (resource, stack, around) => {
  const its = resource.Properties?.DBClusterIdentifier;
  if (its !== undefined && stack.referenced(its)?.Type === 'AWS::RDS::DBCluster') return [];
  return instance(resource, stack, around);
};

function databaseWatches({ Properties }: StackResource): readonly Watch[] {
  const exportsLogs = listOf(Properties?.EnableCloudwatchLogsExports).length > 0;
  const hasInsights = Properties?.PerformanceInsightsEnabled === true;
  return exportsLogs || hasInsights ? [{ kind: 'execution-log', through: [] }] : [];
}

export const AURORA: ServiceRules = {
  service: 'Aurora and RDS',
  rules: { 'AWS::RDS::DBCluster': cluster, 'AWS::RDS::DBInstance': instanceRule },
};
