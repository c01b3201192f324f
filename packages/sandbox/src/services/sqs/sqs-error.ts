import { ApiError } from '../../core/service.ts';

/** Codes of the older query protocol, where they differ: SDKs that speak JSON get them in `x-amzn-query-error`. */
const QUERY_CODES: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};

export function queryCodeOf({ code }: ApiError): string {
  return QUERY_CODES[code] ?? code;
}

export function queueDoesNotExist(): ApiError {
  return new ApiError('QueueDoesNotExist', 'The specified queue does not exist.');
}

export function invalidParameter(message: string): ApiError {
  return new ApiError('InvalidParameterValue', message);
}

export function missingParameter(name: string): ApiError {
  return new ApiError('MissingParameter', `The request must contain the parameter ${name}.`);
}

/** Refuses, by name, a member of the input that is not emulated. */
export function refuseMember(operation: string, member: string): ApiError {
  return new ApiError('UnsupportedOperation', `The sandbox does not emulate ${operation} ${member}.`);
}
