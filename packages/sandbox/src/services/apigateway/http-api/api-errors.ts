import { ApiError } from '../../../core/service.ts';

/** Errors of API Gateway's management API. Source: API Gateway V2 API Reference, "Errors" of each operation. */
export const notFound = (kind: string, id: string): ApiError =>
  new ApiError('NotFoundException', `Unable to find ${kind} by ID ${id} within the call context provided`, 404, {
    resourceType: kind,
  });

export const badRequest = (message: string): ApiError => new ApiError('BadRequestException', message, 400);

export const conflict = (message: string): ApiError => new ApiError('ConflictException', message, 409);
