import { ApiError } from '../../core/service.ts';

/** Lambda's own errors; its bodies carry `Type` beside the message. */
const userError = (code: string, message: string, status: number, members: Record<string, unknown> = {}): ApiError =>
  new ApiError(code, message, status, { Type: 'User', ...members });

export const invalidParameter = (message: string): ApiError =>
  userError('InvalidParameterValueException', message, 400);

export const resourceNotFound = (message: string): ApiError => userError('ResourceNotFoundException', message, 404);

export const functionNotFound = (arn: string): ApiError => resourceNotFound(`Function not found: ${arn}`);

export const resourceConflict = (message: string): ApiError => userError('ResourceConflictException', message, 409);

export const accessDenied = (message: string): ApiError => userError('AccessDeniedException', message, 403);

export const invalidRequestContent = (message: string): ApiError =>
  userError('InvalidRequestContentException', message, 400);

export const requestTooLarge = (message: string): ApiError => userError('RequestTooLargeException', message, 413);

/** Why Lambda refused to start another invocation: its `ThrottleReason`. */
export type ThrottleReason =
  | 'ConcurrentInvocationLimitExceeded'
  | 'ReservedFunctionConcurrentInvocationLimitExceeded'
  | 'FunctionInvocationRateLimitExceeded';

export const tooManyRequests = (reason: ThrottleReason): ApiError =>
  userError('TooManyRequestsException', 'Rate Exceeded.', 429, { Reason: reason });

export const isThrottle = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'TooManyRequestsException';

export const recursiveInvocation = (functionName: string): ApiError =>
  userError(
    'RecursiveInvocationException',
    `Lambda has detected your function ${functionName} being invoked in a recursive loop with other AWS resources and stopped your function's invocation.`,
    400,
  );

export const isRecursion = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'RecursiveInvocationException';

export const preconditionFailed = (message: string): ApiError => userError('PreconditionFailedException', message, 412);
