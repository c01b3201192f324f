import { stringOf } from './json-fields.ts';

/** A request id is a UUID of 36 characters, or a documentation's stand-in for one; what is longer is somebody's text, and no key of anything. */
export const MAX_REQUEST_ID_CHARS = 64;

/** Of a JSON field. */
export function requestIdIn(value: unknown): string | undefined {
  const text = stringOf(value);
  return text !== undefined && text.length <= MAX_REQUEST_ID_CHARS ? text : undefined;
}

/** Whether a record names no request, or names it as one can be named. */
export function hasSoundId(record: object): boolean {
  const { requestId } = record as { readonly requestId?: unknown };
  return typeof requestId !== 'string' || requestId.length <= MAX_REQUEST_ID_CHARS;
}
