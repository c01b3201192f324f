import { DescribeDBClustersCommand, ModifyDBClusterCommand, type RDSClient } from '@aws-sdk/client-rds';
import type { Change } from '@lamplighter/remedies';
import { type FieldHands, fieldByField } from './field-by-field.ts';
import type { ChangeHands } from './resources.ts';

type CapacityChange = Extract<Change, { kind: 'aurora-capacity' }>;

/** The range of ACU of a cluster. */
export const auroraCapacity = (client: RDSClient): ChangeHands<CapacityChange> =>
  fieldByField(capacityHands(client), { fields: ['minAcu', 'maxAcu'], isBlock: true });

function capacityHands(client: RDSClient): FieldHands<CapacityChange> {
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
            // Its owner may have lowered the other end meanwhile.
            MinCapacity: Math.min(minAcu, maxAcu),
            MaxCapacity: maxAcu,
            ...(minAcu === 0 && autoPauseS !== undefined && { SecondsUntilAutoPause: autoPauseS }),
          },
        }),
      );
    },
  };
}
