import { usdOf } from '@lamplighter/pricing';
import type { Playbook } from '../playbook.ts';
import { DATABASE, holdsConnections, isToBlame } from './blamed-dependency.ts';

const LARGEST_ACU = 256;

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
    if (min === undefined || max === undefined || max >= LARGEST_ACU) return undefined;
    const maxAcu = Math.min(LARGEST_ACU, max * 2);
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
