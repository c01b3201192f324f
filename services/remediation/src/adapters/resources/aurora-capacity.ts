import { DescribeDBClustersCommand, ModifyDBClusterCommand, type RDSClient } from '@aws-sdk/client-rds';
import type { Change } from '@lamplighter/remedies';
import type { ChangeHands } from './resources.ts';

/** The range of ACU of a cluster. */
export function auroraCapacity(client: RDSClient): ChangeHands<Extract<Change, { kind: 'aurora-capacity' }>> {
  return {
    async read({ kind, clusterId }) {
      const { DBClusters = [] } = await client.send(new DescribeDBClustersCommand({ DBClusterIdentifier: clusterId }));
      const range = DBClusters[0]?.ServerlessV2ScalingConfiguration;
      const { MinCapacity: minAcu, MaxCapacity: maxAcu, SecondsUntilAutoPause: autoPauseS } = range ?? {};
      // What is undone to a range that was never there would be one.
      if (minAcu === undefined || maxAcu === undefined)
        throw new Error(`${clusterId} has no range of ACU: it is provisioned.`);
      return { kind, clusterId, minAcu, maxAcu, ...(autoPauseS !== undefined && { autoPauseS }) };
    },
    async write({ clusterId, minAcu, maxAcu, autoPauseS }) {
      await client.send(
        new ModifyDBClusterCommand({
          DBClusterIdentifier: clusterId,
          ApplyImmediately: true,
          ServerlessV2ScalingConfiguration: {
            MinCapacity: minAcu,
            MaxCapacity: maxAcu,
            ...(autoPauseS !== undefined && { SecondsUntilAutoPause: autoPauseS }),
          },
        }),
      );
    },
  };
}
