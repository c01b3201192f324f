import type { Connections } from '../engine/connections.ts';
import type { AutoPause } from './auto-pause.ts';
import type { Capacity } from './capacity.ts';

/** `ServerlessV2ScalingConfiguration`, in Aurora capacity units. */
export interface Scaling {
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly secondsUntilAutoPause?: number;
}

export interface DbInstance {
  readonly id: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly instanceClass: string;
  readonly isPubliclyAccessible: boolean;
  readonly promotionTier: number;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** What may be changed of a cluster. */
export interface ClusterSettings {
  scaling: Scaling;
  hasHttpEndpoint: boolean;
  backupRetentionDays: number;
  isDeletionProtected: boolean;
  parameterGroup: string;
}

/** A cluster of Aurora PostgreSQL with Serverless v2 instances. The first instance is the writer. */
export interface Cluster {
  readonly id: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly engineVersion: string;
  readonly databaseName?: string;
  readonly port: number;
  readonly masterUsername: string;
  /** Where RDS manages the master's password, the secret that holds it; it may have been changed since. */
  readonly masterSecret?: { readonly arn: string; readonly kmsKeyId?: string };
  readonly masterPassword?: string;
  readonly isStorageEncrypted: boolean;
  readonly kmsKeyId?: string;
  readonly storageType: string;
  readonly subnetGroup: string;
  readonly securityGroups: readonly string[];
  readonly hasIamAuthentication: boolean;
  readonly copiesTagsToSnapshot: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly settings: ClusterSettings;
  readonly instances: DbInstance[];
  readonly connections: Connections;
  readonly autoPause: AutoPause;
  readonly capacity: Capacity;
}

/** Endpoint names have the form of AWS's; nothing listens there. */
export const endpointOf = ({ id, resourceId }: Pick<Cluster, 'id' | 'resourceId'>, region: string, kind = 'cluster') =>
  `${id}.${kind}-${resourceId.slice(-12).toLowerCase()}.${region}.rds.amazonaws.com`;
