import type { Caller, RequiredPermission, WireResponse } from '../../../core/service.ts';
import type { S3Request } from './s3-request.ts';

/** One operation of S3: what it needs, and what it does. */
export interface S3Operation {
  permissions(request: S3Request): readonly RequiredPermission[];
  handle(request: S3Request, caller: Caller): WireResponse | Promise<WireResponse>;
}

export const NO_CONTENT: WireResponse = { status: 204 };

export function xmlResponse(body: string): WireResponse {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}
