import {
  type QueryInput,
  type QueryOperation,
  requiredText,
  textMember,
} from '../../../core/protocols/query-protocol.ts';
import type { ServiceContext } from '../../../core/service.ts';
import type { ClusterStore } from '../clusters/cluster-store.ts';
import { modifyCluster } from '../clusters/modify-cluster.ts';
import type { ScalingInput } from '../clusters/scaling.ts';
import { invalidValue } from '../rds-error.ts';
import { clusterShape, instanceShape } from './shapes.ts';

/** The control plane of Aurora, as far as it reads and tunes what a stack made. Source: Amazon RDS API Reference. */
export function rdsOperations(
  store: ClusterStore,
  { region }: Pick<ServiceContext, 'region'>,
): Readonly<Record<string, QueryOperation>> {
  const on = (action: string, kind: string, member: string) => (input: QueryInput) => [
    { action: `rds:${action}`, resource: store.arnOf(kind, textMember(input, member) ?? '*') },
  ];
  return {
    DescribeDBClusters: {
      permissions: on('DescribeDBClusters', 'cluster', 'DBClusterIdentifier'),
      handle(input) {
        refuseOthers('DescribeDBClusters', input, ['DBClusterIdentifier', 'MaxRecords', 'IncludeShared']);
        const id = textMember(input, 'DBClusterIdentifier');
        const found = id === undefined ? store.all() : [store.get(id)];
        return { DBClusters: { DBCluster: found.map((cluster) => clusterShape(cluster, region)) } };
      },
    },
    ModifyDBCluster: {
      permissions: on('ModifyDBCluster', 'cluster', 'DBClusterIdentifier'),
      handle(input) {
        const { DBClusterIdentifier: _, ServerlessV2ScalingConfiguration: scaling, ...others } = input;
        const cluster = store.get(requiredText(input, 'DBClusterIdentifier'));
        modifyCluster(cluster, {
          ...(others as Readonly<Record<string, string>>),
          ...(scaling ? { ServerlessV2ScalingConfiguration: scaling as ScalingInput } : {}),
        });
        return { DBCluster: clusterShape(cluster, region) };
      },
    },
    DescribeDBInstances: {
      permissions: on('DescribeDBInstances', 'db', 'DBInstanceIdentifier'),
      handle(input) {
        refuseOthers('DescribeDBInstances', input, ['DBInstanceIdentifier', 'MaxRecords']);
        const id = textMember(input, 'DBInstanceIdentifier');
        const all = store.all().flatMap((cluster) => cluster.instances.map((instance) => ({ cluster, instance })));
        const found = id === undefined ? all : [store.instance(id)];
        return {
          DBInstances: { DBInstance: found.map(({ cluster, instance }) => instanceShape(instance, cluster, region)) },
        };
      },
    },
  };
}

function refuseOthers(operation: string, input: QueryInput, known: readonly string[]): void {
  const unknown = Object.keys(input).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw invalidValue(`The sandbox does not emulate ${operation} ${unknown.join(', ')}.`);
}
