import { ApiError } from '../../core/service.ts';

export const clusterNotFound = (id: string): ApiError =>
  new ApiError('DBClusterNotFoundFault', `DBCluster ${id} not found.`, 404);

export const instanceNotFound = (id: string): ApiError =>
  new ApiError('DBInstanceNotFound', `DBInstance ${id} not found.`, 404);

export const clusterExists = (): ApiError => new ApiError('DBClusterAlreadyExistsFault', 'DB Cluster already exists');

export const invalidCombination = (message: string): ApiError => new ApiError('InvalidParameterCombination', message);

export const invalidValue = (message: string): ApiError => new ApiError('InvalidParameterValue', message);

export const invalidState = (message: string): ApiError => new ApiError('InvalidDBClusterStateFault', message);
