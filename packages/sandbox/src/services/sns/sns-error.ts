import { ApiError } from '../../core/service.ts';

export const invalidParameter = (reason: string): ApiError =>
  new ApiError('InvalidParameter', `Invalid parameter: ${reason}`);
export const notFound = (what: string): ApiError => new ApiError('NotFound', `${what} does not exist`, 404);
/** A property that the sandbox would have to ignore. */
export const notEmulated = (what: string): ApiError => invalidParameter(`the sandbox does not emulate ${what}`);
