import { usdOf } from '@lamplighter/pricing';
import type { Limit, Recommendation } from '../breach/limit.ts';
import type { Capacity } from '../capacity/capacity.ts';
import { CAPACITY } from '../capacity/capacity-limits.ts';
import { connectionsOf } from '../capacity/gauges-of.ts';

type Cluster = Extract<Capacity, { kind: 'cluster' }>;

const MOST_ACU = 256;
/** With a smaller minimum there are never more than 2,000 connections. */
const LEAST_OF_MANY = 1;

/** Capacity grows while it is used, connections are decided by the largest: both by the same range, of a factor more than the limit is. */
export const forCluster = (cluster: Cluster, limit: Limit, factor: number): Recommendation[] =>
  limit.kind === 'connections'
    ? forConnections(cluster, limit.value * factor, limit.value)
    : forCapacity(cluster, factor);

function forConnections(cluster: Cluster, wanted: number, now: number): Recommendation[] {
  const { minAcu, maxAcu } = cluster;
  const wantedMin = wanted > CAPACITY.mostConnectionsOfSmallest ? Math.max(LEAST_OF_MANY, minAcu) : minAcu;
  const byMemory = halfSteps((wanted + CAPACITY.connectionsKept) / CAPACITY.connectionsPerAcu);
  const wantedMax = Math.max(maxAcu, Math.min(MOST_ACU, byMemory));
  const room = connectionsOf(wantedMin, wantedMax);
  if (room <= now) return [];
  const effect = `Room for ${room.toLocaleString('en-US')} connections, after a restart of the instance: they follow the largest capacity, ${wantedMax} ACU instead of ${maxAcu}. Fewer environments, or the Data API, need fewer.`;
  return [recommended(cluster, { minAcu: wantedMin, maxAcu: wantedMax }, effect)];
}

function forCapacity(cluster: Cluster, factor: number): Recommendation[] {
  const { minAcu, maxAcu } = cluster;
  const wantedMax = Math.min(MOST_ACU, halfSteps(maxAcu * factor));
  const wantedMin = Math.max(minAcu, Math.min(wantedMax, halfSteps(maxAcu / 2)));
  if (wantedMax <= maxAcu) return [];
  const effect = `From ${wantedMin} to ${wantedMax} ACU: what is ready before the load comes need not grow under it. What is used beyond the minimum is paid as it is used.`;
  return [recommended(cluster, { minAcu: wantedMin, maxAcu: wantedMax }, effect)];
}

/** The cost is that of the higher minimum, which is paid whether it is used or not. */
function recommended(
  { name, minAcu: before }: Cluster,
  { minAcu, maxAcu }: { readonly minAcu: number; readonly maxAcu: number },
  effect: string,
): Recommendation {
  const raised = minAcu > before ? ` The minimum of ${minAcu} ACU instead of ${before} is paid around the clock.` : '';
  const awake = before === 0 && minAcu > 0 ? ' The cluster then never pauses.' : '';
  return {
    action: 'aurora-capacity',
    parameters: { clusterId: name, minAcu, maxAcu },
    costPerHourUsd: (minAcu - before) * usdOf('aurora.serverless_v2_acu_hour'),
    effect: `${effect}${raised}${awake}`,
  };
}

const halfSteps = (acu: number): number => Math.ceil(acu * 2) / 2;
