import { physicalName } from '../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../core/provided-property.ts';
import type { CreatedResource, ResourceProvider, ServiceContext } from '../../core/service.ts';
import { type Cluster, endpointOf } from './clusters/cluster.ts';
import type { ClusterStore } from './clusters/cluster-store.ts';
import { type ClusterProperties, createCluster, isTrue, tagsOf } from './clusters/create-cluster.ts';
import { modifyCluster } from './clusters/modify-cluster.ts';
import type { ParameterGroups } from './clusters/parameter-groups.ts';

const CLUSTER = 'AWS::RDS::DBCluster';
const CLUSTER_PROPERTIES = [
  'DBClusterIdentifier',
  'Engine',
  'EngineMode',
  'EngineVersion',
  'DatabaseName',
  'Port',
  'MasterUsername',
  'MasterUserPassword',
  'ManageMasterUserPassword',
  'MasterUserSecret',
  'EnableHttpEndpoint',
  'ServerlessV2ScalingConfiguration',
  'StorageEncrypted',
  'KmsKeyId',
  'StorageType',
  'DBSubnetGroupName',
  'DBClusterParameterGroupName',
  'VpcSecurityGroupIds',
  'BackupRetentionPeriod',
  'DeletionProtection',
  'EnableIAMDatabaseAuthentication',
  'CopyTagsToSnapshot',
  'Tags',
];
/** Properties that change without a new cluster. */
const CHANGEABLE = [
  'EnableHttpEndpoint',
  'ServerlessV2ScalingConfiguration',
  'BackupRetentionPeriod',
  'DeletionProtection',
  'DBClusterParameterGroupName',
];

/** Identifiers of clusters, instances and groups are lower case. */
const idOf = (given: unknown, request: { stackName: string; logicalId: string }): string =>
  String(given ?? physicalName(request, 63)).toLowerCase();

/** `AWS::RDS::DBCluster` with Serverless v2 instances of Aurora PostgreSQL, and what belongs to it. */
export function rdsResources(
  store: ClusterStore,
  groups: ParameterGroups,
  context: ServiceContext,
): Readonly<Record<string, ResourceProvider>> {
  return {
    [CLUSTER]: clusterResource(store, context),
    'AWS::RDS::DBInstance': instanceResource(store, context),
    'AWS::RDS::DBSubnetGroup': subnetGroupResource(),
    'AWS::RDS::DBClusterParameterGroup': parameterGroupResource(groups),
  };
}

function clusterResource(store: ClusterStore, context: ServiceContext): ResourceProvider {
  const asCreated = (cluster: Cluster): CreatedResource => ({
    ref: cluster.id,
    attributes: {
      DBClusterArn: cluster.arn,
      DBClusterResourceId: cluster.resourceId,
      'Endpoint.Address': endpointOf(cluster, context.region),
      'Endpoint.Port': String(cluster.port),
      'ReadEndpoint.Address': endpointOf(cluster, context.region, 'cluster-ro'),
      ...(cluster.masterSecret ? { 'MasterUserSecret.SecretArn': cluster.masterSecret.arn } : {}),
    },
  });
  /** What each cluster was made of, to tell whether all that changed can change in place. */
  const fixed = new Map<string, string>();
  const fixedOf = (properties: Readonly<Record<string, unknown>>) =>
    JSON.stringify(Object.entries(properties).filter(([name]) => !CHANGEABLE.includes(name)));
  return {
    async create(request) {
      refuseUnknownProperties(CLUSTER, request.properties, CLUSTER_PROPERTIES);
      const properties = request.properties as ClusterProperties;
      const cluster = createCluster(store, context, idOf(properties.DBClusterIdentifier, request), properties);
      fixed.set(cluster.id, fixedOf(request.properties));
      return asCreated(cluster);
    },
    async update({ ref }, { properties }) {
      refuseUnknownProperties(CLUSTER, properties, CLUSTER_PROPERTIES);
      if (fixed.get(ref) !== fixedOf(properties))
        throw new Error(
          `The sandbox changes only ${CHANGEABLE.join(', ')} of a cluster in place: remove the stack first.`,
        );
      const cluster = store.get(ref);
      modifyCluster(cluster, Object.fromEntries(CHANGEABLE.map((name) => [name, properties[name]])));
      return asCreated(cluster);
    },
    async delete({ ref }) {
      const { masterSecret } = store.get(ref);
      await store.remove(ref);
      if (masterSecret) context.peers.secretsManager.remove(masterSecret.arn);
    },
  };
}

const INSTANCE_PROPERTIES = [
  'DBInstanceIdentifier',
  'DBClusterIdentifier',
  'DBInstanceClass',
  'Engine',
  'PubliclyAccessible',
  'PromotionTier',
  'DBSubnetGroupName',
  'AutoMinorVersionUpgrade',
  'Tags',
];

function instanceResource(store: ClusterStore, { region }: ServiceContext): ResourceProvider {
  return {
    async create(request) {
      const { properties } = request;
      refuseUnknownProperties('AWS::RDS::DBInstance', properties, INSTANCE_PROPERTIES);
      if (properties.DBInstanceClass !== 'db.serverless')
        throw new Error(
          `The sandbox has instances of class db.serverless only, not ${String(properties.DBInstanceClass)}.`,
        );
      const cluster = store.get(String(properties.DBClusterIdentifier));
      const instance = store.addInstance(cluster, {
        id: idOf(properties.DBInstanceIdentifier, request),
        instanceClass: 'db.serverless',
        isPubliclyAccessible: isTrue(properties.PubliclyAccessible as boolean | undefined),
        promotionTier: Number(properties.PromotionTier ?? 1),
        tags: tagsOf(properties.Tags as ClusterProperties['Tags']),
      });
      return {
        ref: instance.id,
        attributes: {
          DBInstanceArn: instance.arn,
          DbiResourceId: instance.resourceId,
          'Endpoint.Address': endpointOf({ id: instance.id, resourceId: cluster.resourceId }, region, 'instance'),
          'Endpoint.Port': String(cluster.port),
        },
      };
    },
    async delete({ ref }) {
      store.removeInstance(ref);
    },
  };
}

/** Networks are not emulated: a subnet group is a name. */
function subnetGroupResource(): ResourceProvider {
  return {
    async create(request) {
      const known = ['DBSubnetGroupName', 'DBSubnetGroupDescription', 'SubnetIds', 'Tags'];
      refuseUnknownProperties('AWS::RDS::DBSubnetGroup', request.properties, known);
      return { ref: idOf(request.properties.DBSubnetGroupName, request) };
    },
  };
}

function parameterGroupResource(groups: ParameterGroups): ResourceProvider {
  const put = (name: string, properties: Readonly<Record<string, unknown>>) => {
    const known = ['DBClusterParameterGroupName', 'Family', 'Description', 'Parameters', 'Tags'];
    refuseUnknownProperties('AWS::RDS::DBClusterParameterGroup', properties, known);
    groups.put(name, (properties.Parameters ?? {}) as Readonly<Record<string, unknown>>);
    return { ref: name };
  };
  return {
    create: async (request) => put(idOf(request.properties.DBClusterParameterGroupName, request), request.properties),
    update: async ({ ref }, { properties }) => put(ref, properties),
    delete: async ({ ref }) => groups.remove(ref),
  };
}
