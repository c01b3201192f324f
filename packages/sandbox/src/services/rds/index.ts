import { queryService } from '../../core/protocols/query-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { ClusterStore } from './clusters/cluster-store.ts';
import { dataApiView } from './clusters/data-api-view.ts';
import { ParameterGroups } from './clusters/parameter-groups.ts';
import type { RdsPeer } from './rds-peer.ts';
import { rdsResources } from './resources.ts';
import { rdsOperations } from './wire/operations.ts';

/** Amazon RDS: clusters of Aurora PostgreSQL Serverless v2, each run by a PostgreSQL in a thread of its own. */
export function createRds(context: ServiceContext): Emulated<RdsPeer> {
  const groups = new ParameterGroups();
  const store = new ClusterStore(context, groups);
  const service = queryService({
    signingName: 'rds',
    xmlns: 'http://rds.amazonaws.com/doc/2014-10-31/',
    operations: rdsOperations(store, context),
    resources: rdsResources(store, groups, context),
  });
  return {
    peer: { cluster: (idOrArn) => dataApiView(store.get(idOrArn), context) },
    service: { ...service, stop: () => store.stop() },
  };
}
