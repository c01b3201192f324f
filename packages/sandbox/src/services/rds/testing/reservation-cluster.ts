import type { Stack } from '../../../cloudformation/stack.ts';
import type { Sandbox } from '../../../sandbox.ts';

/** A cluster as services of this repository declare it: zero capacity when idle, Data API, password managed by RDS. */
export const CLUSTER_TEMPLATE = {
  Resources: {
    Group: {
      Type: 'AWS::RDS::DBSubnetGroup',
      Properties: { DBSubnetGroupDescription: 'two zones', SubnetIds: ['a', 'b'] },
    },
    Parameters: {
      Type: 'AWS::RDS::DBClusterParameterGroup',
      Properties: { Family: 'aurora-postgresql17', Description: 'few connections', Parameters: { max_connections: 8 } },
    },
    Cluster: {
      Type: 'AWS::RDS::DBCluster',
      Properties: {
        DBClusterIdentifier: 'reservation',
        Engine: 'aurora-postgresql',
        EngineVersion: '17.5',
        DatabaseName: 'reservation',
        MasterUsername: 'lamp',
        ManageMasterUserPassword: true,
        EnableHttpEndpoint: true,
        StorageEncrypted: true,
        ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 4, SecondsUntilAutoPause: 300 },
        DBSubnetGroupName: { Ref: 'Group' },
        DBClusterParameterGroupName: { Ref: 'Parameters' },
      },
    },
    Writer: {
      Type: 'AWS::RDS::DBInstance',
      Properties: {
        DBClusterIdentifier: { Ref: 'Cluster' },
        Engine: 'aurora-postgresql',
        DBInstanceClass: 'db.serverless',
      },
    },
  },
  Outputs: {
    ClusterArn: { Value: { 'Fn::GetAtt': ['Cluster', 'DBClusterArn'] } },
    SecretArn: { Value: { 'Fn::GetAtt': ['Cluster', 'MasterUserSecret.SecretArn'] } },
    Host: { Value: { 'Fn::GetAtt': ['Cluster', 'Endpoint.Address'] } },
  },
};

/** Deploys {@link CLUSTER_TEMPLATE}; what a call of the Data API names, and the stack. */
export async function deployCluster(
  sandbox: Sandbox,
): Promise<{ readonly stack: Stack; readonly target: { readonly resourceArn: string; readonly secretArn: string } }> {
  const stack = await sandbox.deployTemplate({ stackName: 'reservation', template: CLUSTER_TEMPLATE });
  const { outputs } = stack;
  return { stack, target: { resourceArn: String(outputs.ClusterArn), secretArn: String(outputs.SecretArn) } };
}
