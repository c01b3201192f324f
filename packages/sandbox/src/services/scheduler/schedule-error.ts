import { ApiError } from '../../core/service.ts';

export const invalid = (message: string): ApiError =>
  new ApiError('ValidationException', message, 400, { Message: message });
export const conflict = (message: string): ApiError =>
  new ApiError('ConflictException', message, 409, { Message: message });
export const notFound = (message: string): ApiError =>
  new ApiError('ResourceNotFoundException', message, 404, { Message: message });
