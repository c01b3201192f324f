import { usdOf } from '@lamplighter/pricing';
import type { Playbook } from '../playbook.ts';
import { DATABASE, holdsConnections, isToBlame } from './blamed-dependency.ts';

/**
 * Of every version of Aurora, and of newer ones, which no cluster tells of itself
 * (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ServerlessV2FeaturesSupport.html): what is beyond the first proves the second.
 */
const [LARGEST_ACU, LARGEST_ACU_OF_NEWER] = [128, 256];
const largestAcu = (maxAcu: number): number => (maxAcu > LARGEST_ACU ? LARGEST_ACU_OF_NEWER : LARGEST_ACU);

/** More capacity for a database that functions wait for. */
export const auroraCapacity: Playbook = {
  name: 'aurora-capacity',
  answers: ['slow-down', 'dependency-slow', 'connection-pressure', 'timeouts'],
  risk: 'medium',
  permissions: ['rds:DescribeDBClusters', 'rds:ModifyDBCluster'],
  verifies: 'duration',
  propose: ({ finding, cluster, function: settings }) => {
    if (cluster === undefined || !isToBlame(finding, DATABASE, settings) || holdsConnections(finding)) return undefined;
    const { clusterId, minAcu: min, maxAcu: max } = cluster;
    if (min === undefined || max === undefined || max >= largestAcu(max)) return undefined;
    const maxAcu = Math.min(largestAcu(max), max * 2);
    const minAcu = Math.min(maxAcu, Math.max(1, min * 2));
    return {
      change: { kind: 'aurora-capacity', clusterId, minAcu, maxAcu },
      title: `Let ${clusterId} use ${minAcu} to ${maxAcu} ACU instead of ${min} to ${max}`,
      reason: 'Functions wait for it.',
      costPerHourUsd: (maxAcu - max) * usdOf('aurora.serverless_v2_acu_hour'),
      undo: `The range is set back to ${min} to ${max} ACU.`,
    };
  },
};
