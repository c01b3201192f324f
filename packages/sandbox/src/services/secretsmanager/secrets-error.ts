import { ApiError } from '../../core/service.ts';

export const secretNotFound = (): ApiError =>
  new ApiError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");

export const versionNotFound = (what: string): ApiError =>
  new ApiError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${what}`);

export const secretExists = (name: string): ApiError =>
  new ApiError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);

export const markedForDeletion = (): ApiError =>
  new ApiError(
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
  );

export const invalidParameter = (message: string): ApiError => new ApiError('InvalidParameterException', message);
