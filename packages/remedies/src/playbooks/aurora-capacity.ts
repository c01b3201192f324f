import { usdOf } from '@lamplighter/pricing';
import type { Playbook } from '../playbook.ts';
import { DATABASE, holdsConnections, isOutOfConnections, isToBlame } from './blamed-dependency.ts';
import { resourcePatch } from './resource-patch.ts';

/**
 * Of every version of Aurora, and of newer ones, which no cluster tells of itself
 * (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ServerlessV2FeaturesSupport.html): what is beyond the first proves the second.
 */
const [LARGEST_ACU, LARGEST_ACU_OF_NEWER] = [128, 256];
const largestAcu = (maxAcu: number): number => (maxAcu > LARGEST_ACU ? LARGEST_ACU_OF_NEWER : LARGEST_ACU);

/** A minimum that is paid for by night as well has to leave room to scale. */
const MOST_OF_MAX = 0.5;

/**
 * More capacity for a database that functions wait for. Not for one that has no connection left: the limit follows the largest capacity, but only when its
 * instances are rebooted (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html).
 */
export const auroraCapacity: Playbook = {
  name: 'aurora-capacity',
  answers: ['slow-down', 'dependency-slow', 'connection-pressure', 'timeouts'],
  risk: 'medium',
  permissions: ['rds:DescribeDBClusters', 'rds:ModifyDBCluster'],
  verifies: 'duration',
  propose: ({ finding, cluster, function: settings }) => {
    if (cluster === undefined || !isToBlame(finding, DATABASE, settings)) return undefined;
    if (holdsConnections(finding) || isOutOfConnections(finding)) return undefined;
    const { clusterId, minAcu: min, maxAcu: max, instances = 1 } = cluster;
    if (min === undefined || max === undefined || max >= largestAcu(max)) return undefined;
    const maxAcu = Math.min(largestAcu(max), max * 2);
    const minAcu = Math.max(min, Math.min(maxAcu * MOST_OF_MAX, Math.max(1, min * 2)));
    // Busy, each instance takes what the maximum has risen by; idle, what the minimum has.
    const moreAcu = Math.max(maxAcu - max, minAcu - min) * instances;
    return {
      change: { kind: 'aurora-capacity', clusterId, minAcu, maxAcu },
      title: `Let ${clusterId} use ${minAcu} to ${maxAcu} ACU instead of ${min} to ${max}`,
      reason: `Functions wait for it.${min === 0 ? ` It pauses no more when nobody asks it: ${minAcu} ACU are paid for at any time.` : ''}`,
      costPerHourUsd: moreAcu * usdOf('aurora.serverless_v2_acu_hour'),
      undo: `The range is set back to ${min} to ${max} ACU.`,
      patch: resourcePatch('AWS::RDS::DBCluster', clusterId, {
        ServerlessV2ScalingConfiguration: { MinCapacity: minAcu, MaxCapacity: maxAcu },
      }),
    };
  },
};
