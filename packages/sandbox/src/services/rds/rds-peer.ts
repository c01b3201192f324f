import type { DataApiCluster } from './data-api-cluster.ts';

export interface RdsPeer {
  /** A cluster as the Data API sees it, by identifier or ARN; throws `DBClusterNotFoundFault`. */
  cluster(idOrArn: string): DataApiCluster;
}
