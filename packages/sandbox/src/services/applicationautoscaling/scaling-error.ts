import { ApiError } from '../../core/service.ts';

export const invalid = (message: string): ApiError => new ApiError('ValidationException', message);

export const notFound = (message: string): ApiError => new ApiError('ObjectNotFoundException', message);
