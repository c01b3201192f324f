import type { ServiceContext } from '../../../core/service.ts';
import type { Cluster } from './cluster.ts';

const MINUTE_MS = 60_000;

/**
 * Publishes the cluster's metrics each minute, per cluster, per role and per instance, as Aurora does; returns the end of it. A sandbox without
 * CloudWatch has none. Source: Aurora User Guide, "Important Amazon CloudWatch metrics for Aurora Serverless v2".
 */
export function startMetrics(cluster: Cluster, context: ServiceContext): () => void {
  if (!('metrics' in context.peers)) return () => {};
  const tick = () => {
    publish(cluster, context);
    timer = context.clock.schedule(MINUTE_MS, tick);
  };
  let timer = context.clock.schedule(MINUTE_MS, tick);
  return () => timer.cancel();
}

function publish(cluster: Cluster, { peers, clock }: ServiceContext): void {
  const isPaused = cluster.autoPause.pausedSince !== undefined;
  const point = cluster.capacity.next({ ...cluster.connections.takeLoad(), isPaused }, cluster.settings.scaling);
  // Aurora gives a datapoint the time at which its minute began.
  const at = clock.now() - MINUTE_MS;
  for (const [index, { id }] of cluster.instances.entries()) {
    const isWriter = index === 0;
    const load = isWriter ? point : { ...point, cpuPct: 0, connections: 0 };
    const clusterOnly = { DBClusterIdentifier: cluster.id };
    const sets = [{ DBInstanceIdentifier: id }, { ...clusterOnly, Role: isWriter ? 'WRITER' : 'READER' }];
    for (const dimensions of isWriter ? [...sets, clusterOnly] : sets) {
      const put = (name: string, value: number, unit: string) =>
        peers.metrics.put('AWS/RDS', name, dimensions, value, unit, at);
      put('ServerlessDatabaseCapacity', load.capacity, 'Count');
      put('ACUUtilization', load.utilizationPct, 'Percent');
      put('CPUUtilization', load.cpuPct, 'Percent');
      put('DatabaseConnections', load.connections, 'Count');
    }
  }
}
