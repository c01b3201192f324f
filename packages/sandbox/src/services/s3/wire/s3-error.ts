import { ApiError, type WireResponse } from '../../../core/service.ts';
import { xmlDocument } from './xml.ts';

/** An S3 error. `members` are further elements of the answer: `{ Key }`. */
export function s3Error(
  code: string,
  message: string,
  status: number,
  members: Readonly<Record<string, unknown>> = {},
): ApiError {
  return new ApiError(code, message, status, members);
}

export function noSuchKey(key: string): ApiError {
  return s3Error('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
}

export function accessDenied(): ApiError {
  return s3Error('AccessDenied', 'Access Denied', 403);
}

/** The error of a call, header or sub-resource that the sandbox does not have: named, and nothing was changed. */
export function notImplemented(what: string): ApiError {
  return s3Error('NotImplemented', `The sandbox does not emulate S3 ${what}.`, 501);
}

/** S3 says `AccessDenied` where JSON services say `AccessDeniedException`. */
export function renderS3Error({ code, message, status, members }: ApiError): WireResponse {
  const isDenial = code === 'AccessDeniedException';
  const Code = isDenial ? 'AccessDenied' : code;
  return {
    status: isDenial ? 403 : status,
    headers: status === 304 ? {} : { 'content-type': 'application/xml' },
    body: status === 304 ? '' : xmlDocument('Error', { Code, Message: message, ...members }),
  };
}
