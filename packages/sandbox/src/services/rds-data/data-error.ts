import { ApiError } from '../../core/service.ts';
import type { DatabaseError } from '../rds/data-api-cluster.ts';

export const badRequest = (message: string): ApiError => new ApiError('BadRequestException', message);

/** An error of the database in the Data API's words: the SQLSTATE stands at the end. */
export function databaseException({ failure }: DatabaseError): ApiError {
  const { severity, message, detail, hint, position, code } = failure;
  const parts = [
    `${severity}: ${message}`,
    ...(detail ? [`Detail: ${detail}`] : []),
    ...(hint ? [`Hint: ${hint}`] : []),
    ...(position ? [`Position: ${position}`] : []),
    `SQLState: ${code}`,
  ];
  return new ApiError('DatabaseErrorException', parts.join('; '));
}

export const transactionNotFound = (id: string): ApiError =>
  new ApiError('TransactionNotFoundException', `Transaction ${id} is not found`, 404);

export const statementTimeout = (connectionId: number): ApiError =>
  new ApiError('StatementTimeoutException', 'Request timed out', 400, { dbConnectionId: connectionId });

export const forbidden = (message: string): ApiError => new ApiError('ForbiddenException', message, 403);
