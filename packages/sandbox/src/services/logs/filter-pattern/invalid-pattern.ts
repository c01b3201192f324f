import { ApiError } from '../../../core/service.ts';

/** CloudWatch Logs' answer to a filter pattern that it cannot read. */
export function invalidPattern(reason: string): ApiError {
  return new ApiError('InvalidParameterException', `Invalid filter pattern: ${reason}`);
}
