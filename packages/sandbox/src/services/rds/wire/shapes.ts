import type { XmlValue } from '../../../core/protocols/xml.ts';
import { type Cluster, type DbInstance, endpointOf } from '../clusters/cluster.ts';

/** A cluster as DescribeDBClusters shows it. */
export function clusterShape(cluster: Cluster, region: string): XmlValue {
  const { settings, masterSecret } = cluster;
  const { minCapacity, maxCapacity, secondsUntilAutoPause } = settings.scaling;
  return {
    DBClusterIdentifier: cluster.id,
    DBClusterArn: cluster.arn,
    DbClusterResourceId: cluster.resourceId,
    Status: 'available',
    Engine: 'aurora-postgresql',
    EngineVersion: cluster.engineVersion,
    EngineMode: 'provisioned',
    DatabaseName: cluster.databaseName,
    MasterUsername: cluster.masterUsername,
    MasterUserSecret: masterSecret && {
      SecretArn: masterSecret.arn,
      SecretStatus: 'active',
      KmsKeyId: masterSecret.kmsKeyId,
    },
    Endpoint: endpointOf(cluster, region),
    ReaderEndpoint: endpointOf(cluster, region, 'cluster-ro'),
    Port: cluster.port,
    ServerlessV2ScalingConfiguration: {
      MinCapacity: minCapacity,
      MaxCapacity: maxCapacity,
      SecondsUntilAutoPause: secondsUntilAutoPause,
    },
    HttpEndpointEnabled: settings.hasHttpEndpoint,
    IAMDatabaseAuthenticationEnabled: cluster.hasIamAuthentication,
    StorageEncrypted: cluster.isStorageEncrypted,
    KmsKeyId: cluster.kmsKeyId,
    StorageType: cluster.storageType,
    DBSubnetGroup: cluster.subnetGroup,
    DBClusterParameterGroup: settings.parameterGroup,
    VpcSecurityGroups: {
      VpcSecurityGroupMembership: cluster.securityGroups.map((id) => ({ VpcSecurityGroupId: id, Status: 'active' })),
    },
    BackupRetentionPeriod: settings.backupRetentionDays,
    DeletionProtection: settings.isDeletionProtected,
    CopyTagsToSnapshot: cluster.copiesTagsToSnapshot,
    MultiAZ: cluster.instances.length > 1,
    ClusterCreateTime: new Date(cluster.createdAt),
    DBClusterMembers: {
      DBClusterMember: cluster.instances.map(({ id, promotionTier }, index) => ({
        DBInstanceIdentifier: id,
        IsClusterWriter: index === 0,
        DBClusterParameterGroupStatus: 'in-sync',
        PromotionTier: promotionTier,
      })),
    },
    TagList: tagList(cluster.tags),
  };
}

/** An instance as DescribeDBInstances shows it. */
export const instanceShape = (instance: DbInstance, cluster: Cluster, region: string): XmlValue => ({
  DBInstanceIdentifier: instance.id,
  DBInstanceArn: instance.arn,
  DbiResourceId: instance.resourceId,
  DBInstanceClass: instance.instanceClass,
  DBInstanceStatus: 'available',
  DBClusterIdentifier: cluster.id,
  Engine: 'aurora-postgresql',
  EngineVersion: cluster.engineVersion,
  MasterUsername: cluster.masterUsername,
  DBName: cluster.databaseName,
  Endpoint: {
    Address: endpointOf({ id: instance.id, resourceId: cluster.resourceId }, region, 'instance'),
    Port: cluster.port,
  },
  PubliclyAccessible: instance.isPubliclyAccessible,
  PromotionTier: instance.promotionTier,
  StorageEncrypted: cluster.isStorageEncrypted,
  StorageType: cluster.storageType,
  InstanceCreateTime: new Date(instance.createdAt),
  TagList: tagList(instance.tags),
});

const tagList = (tags: Readonly<Record<string, string>>): XmlValue => ({
  Tag: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
});
