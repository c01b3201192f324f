import { invalidValue } from '../rds-error.ts';
import type { Cluster } from './cluster.ts';
import { isTrue } from './create-cluster.ts';
import { type ScalingInput, scalingFrom } from './scaling.ts';

export interface ClusterChange {
  readonly ServerlessV2ScalingConfiguration?: ScalingInput;
  readonly EnableHttpEndpoint?: boolean | string;
  readonly BackupRetentionPeriod?: number | string;
  readonly DeletionProtection?: boolean | string;
  readonly DBClusterParameterGroupName?: string;
  readonly ApplyImmediately?: boolean | string;
}

const KNOWN = [
  'ServerlessV2ScalingConfiguration',
  'EnableHttpEndpoint',
  'BackupRetentionPeriod',
  'DeletionProtection',
  'DBClusterParameterGroupName',
  'ApplyImmediately',
];

/** Changes a cluster at once; a setting that the sandbox cannot change is refused by its name. */
export function modifyCluster({ settings }: Cluster, change: ClusterChange): void {
  const unknown = Object.keys(change).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) throw invalidValue(`The sandbox cannot change ${unknown.join(', ')} of a cluster.`);
  const { ServerlessV2ScalingConfiguration: scaling, DBClusterParameterGroupName: group } = change;
  if (scaling) settings.scaling = scalingFrom(scaling, settings.scaling);
  if (group !== undefined) settings.parameterGroup = group;
  if (change.EnableHttpEndpoint !== undefined) settings.hasHttpEndpoint = isTrue(change.EnableHttpEndpoint);
  if (change.DeletionProtection !== undefined) settings.isDeletionProtected = isTrue(change.DeletionProtection);
  if (change.BackupRetentionPeriod !== undefined) settings.backupRetentionDays = Number(change.BackupRetentionPeriod);
}
