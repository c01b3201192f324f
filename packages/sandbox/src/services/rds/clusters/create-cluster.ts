import { randomUUID } from 'node:crypto';
import type { ServiceContext } from '../../../core/service.ts';
import { invalidCombination, invalidValue } from '../rds-error.ts';
import type { Cluster } from './cluster.ts';
import type { ClusterStore } from './cluster-store.ts';
import { type ScalingInput, scalingFrom } from './scaling.ts';

/** Properties of `AWS::RDS::DBCluster`; templates may write numbers and booleans as text. */
export interface ClusterProperties {
  readonly DBClusterIdentifier?: string;
  readonly Engine?: string;
  readonly EngineMode?: string;
  readonly EngineVersion?: string;
  readonly DatabaseName?: string;
  readonly Port?: number | string;
  readonly MasterUsername?: string;
  readonly MasterUserPassword?: string;
  readonly ManageMasterUserPassword?: boolean | string;
  readonly MasterUserSecret?: { readonly KmsKeyId?: string };
  readonly EnableHttpEndpoint?: boolean | string;
  readonly ServerlessV2ScalingConfiguration?: ScalingInput;
  readonly StorageEncrypted?: boolean | string;
  readonly KmsKeyId?: string;
  readonly StorageType?: string;
  readonly DBSubnetGroupName?: string;
  readonly DBClusterParameterGroupName?: string;
  readonly VpcSecurityGroupIds?: readonly string[];
  readonly BackupRetentionPeriod?: number | string;
  readonly DeletionProtection?: boolean | string;
  readonly EnableIAMDatabaseAuthentication?: boolean | string;
  readonly CopyTagsToSnapshot?: boolean | string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

const DEFAULT_VERSION = '17.5';

/** Creates a cluster, with the secret of its master user where RDS is to manage it. Its database starts on its first use. */
export function createCluster(
  store: ClusterStore,
  context: ServiceContext,
  id: string,
  properties: ClusterProperties,
): Cluster {
  if (properties.Engine !== 'aurora-postgresql')
    throw invalidValue(`The sandbox runs aurora-postgresql only, not ${properties.Engine}.`);
  if ((properties.EngineMode ?? 'provisioned') !== 'provisioned')
    throw invalidValue(`The sandbox has no EngineMode ${properties.EngineMode}.`);
  if (!properties.MasterUsername) throw invalidValue('The parameter MasterUsername must be provided.');
  const version = properties.EngineVersion ?? DEFAULT_VERSION;
  return store.add({
    id: id.toLowerCase(),
    engineVersion: version,
    ...(properties.DatabaseName === undefined ? {} : { databaseName: properties.DatabaseName }),
    port: Number(properties.Port ?? 5432),
    masterUsername: properties.MasterUsername,
    ...masterPassword(context, properties),
    isStorageEncrypted: isTrue(properties.StorageEncrypted),
    ...(properties.KmsKeyId === undefined ? {} : { kmsKeyId: properties.KmsKeyId }),
    storageType: properties.StorageType ?? 'aurora',
    subnetGroup: properties.DBSubnetGroupName ?? 'default',
    securityGroups: properties.VpcSecurityGroupIds ?? [],
    hasIamAuthentication: isTrue(properties.EnableIAMDatabaseAuthentication),
    copiesTagsToSnapshot: isTrue(properties.CopyTagsToSnapshot),
    tags: tagsOf(properties.Tags),
    settings: {
      scaling: scalingFrom(properties.ServerlessV2ScalingConfiguration ?? {}),
      hasHttpEndpoint: isTrue(properties.EnableHttpEndpoint),
      backupRetentionDays: Number(properties.BackupRetentionPeriod ?? 1),
      isDeletionProtected: isTrue(properties.DeletionProtection),
      parameterGroup:
        properties.DBClusterParameterGroupName ?? `default.aurora-postgresql${version.split('.')[0] ?? ''}`,
    },
  });
}

/** Source: Aurora User Guide, "Password management with Amazon Aurora and AWS Secrets Manager": the secret is named `rds!cluster-` and an id. */
function masterPassword({ peers }: ServiceContext, properties: ClusterProperties) {
  const { MasterUsername: username, MasterUserPassword: password, MasterUserSecret } = properties;
  if (isTrue(properties.ManageMasterUserPassword) === (password !== undefined))
    throw invalidCombination('A cluster has either MasterUserPassword or ManageMasterUserPassword.');
  if (password !== undefined) return { masterPassword: password };
  const kmsKeyId = MasterUserSecret?.KmsKeyId;
  const arn = peers.secretsManager.create({
    name: `rds!cluster-${randomUUID()}`,
    text: JSON.stringify({ username, password: randomUUID() }),
    description: `The secret associated with the primary RDS DB cluster of user ${username}`,
    owningService: 'rds',
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
  });
  return { masterSecret: { arn, ...(kmsKeyId === undefined ? {} : { kmsKeyId }) } };
}

export const isTrue = (value: boolean | string | undefined): boolean => String(value) === 'true';

export const tagsOf = (tags: ClusterProperties['Tags'] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
