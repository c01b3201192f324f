import { renderJsonError } from '../protocols/json-protocol.ts';
import { renderQueryError } from '../protocols/query-protocol.ts';
import { renderXml } from '../protocols/xml.ts';
import { ApiError, type WireRequest, type WireResponse } from '../service.ts';
import type { SignatureError, SignatureFault } from '../sigv4/signature-error.ts';
import { isSignatureVersion2 } from '../sigv4/signed-request.ts';

/** How a request expects its errors, as far as it can be told before a service has read it. */
export type ProtocolFamily = 'json' | 'rest-json' | 'query' | 's3';

export function protocolFamily(request: WireRequest, signingName?: string): ProtocolFamily {
  if (signingName === 's3' || isSignatureVersion2(request)) return 's3';
  if (request.headers['x-amz-target'] !== undefined) return 'json';
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return 'query';
  return 'rest-json';
}

interface Wording {
  readonly s3: readonly [code: string, status: number];
  readonly query: readonly [code: string, status: number];
  readonly json: string;
}

/**
 * Codes of refused signatures. Sources: S3 API Reference "List of error codes"; STS and CloudFormation API Reference "Common errors";
 * DynamoDB Developer Guide "Error messages and codes" (JSON protocols, status 400; REST-JSON services answer 403).
 */
const WORDINGS: Readonly<Record<SignatureFault, Wording>> = {
  'missing-token': {
    s3: ['AccessDenied', 403],
    query: ['MissingAuthenticationToken', 403],
    json: 'MissingAuthenticationTokenException',
  },
  incomplete: {
    s3: ['AuthorizationHeaderMalformed', 400],
    query: ['IncompleteSignature', 400],
    json: 'IncompleteSignatureException',
  },
  'unknown-key': {
    s3: ['InvalidAccessKeyId', 403],
    query: ['InvalidClientTokenId', 403],
    json: 'UnrecognizedClientException',
  },
  'wrong-session-token': {
    s3: ['InvalidToken', 400],
    query: ['InvalidClientTokenId', 403],
    json: 'UnrecognizedClientException',
  },
  'expired-session-token': { s3: ['ExpiredToken', 400], query: ['ExpiredToken', 403], json: 'ExpiredTokenException' },
  mismatch: {
    s3: ['SignatureDoesNotMatch', 403],
    query: ['SignatureDoesNotMatch', 403],
    json: 'InvalidSignatureException',
  },
  skewed: {
    s3: ['RequestTimeTooSkewed', 403],
    query: ['SignatureDoesNotMatch', 403],
    json: 'InvalidSignatureException',
  },
  'url-expired': {
    s3: ['AccessDenied', 403],
    query: ['SignatureDoesNotMatch', 403],
    json: 'InvalidSignatureException',
  },
  'body-mismatch': {
    s3: ['XAmzContentSHA256Mismatch', 400],
    query: ['SignatureDoesNotMatch', 403],
    json: 'InvalidSignatureException',
  },
};

/** The error that AWS answers for a refused signature in this family of protocols. */
export function signatureApiError(error: SignatureError, family: ProtocolFamily): ApiError {
  const wording = WORDINGS[error.fault];
  if (family === 's3' || family === 'query') return new ApiError(wording[family][0], error.message, wording[family][1]);
  return new ApiError(wording.json, error.message, family === 'json' ? 400 : 403);
}

/** The refusal of a call that no policy allows. */
export function accessDenied(message: string, family: ProtocolFamily): ApiError {
  const code = family === 's3' || family === 'query' ? 'AccessDenied' : 'AccessDeniedException';
  return new ApiError(code, message, family === 'json' ? 400 : 403);
}

/** Renders an error where no service is known that would. */
export function renderInFamily(error: ApiError, family: ProtocolFamily): WireResponse {
  if (family === 'query') return renderQueryError(error);
  if (family !== 's3')
    return renderJsonError(error, family === 'json' ? 'application/x-amz-json-1.1' : 'application/json');
  return {
    status: error.status,
    headers: { 'content-type': 'application/xml' },
    body: renderXml({ Error: { Code: error.code, Message: error.message } }),
  };
}
