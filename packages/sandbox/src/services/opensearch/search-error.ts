import { ApiError, type WireResponse } from '../../core/service.ts';

/** What the sandbox does not know of a request, refused by name. */
export const notEmulated = (what: string): ApiError =>
  new ApiError('parsing_exception', `The sandbox does not emulate ${what}.`);

/** An error as OpenSearch writes it. */
export const renderSearchError = ({ code, message, status }: ApiError): WireResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error: { type: code, reason: message }, status }),
});
