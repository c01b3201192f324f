import type { WireRequest } from '../service.ts';
import { SignatureError } from './signature-error.ts';

/** What a request says of its signature, in its Authorization header or (presigned) in its query. */
export interface SignedRequest {
  readonly accessKeyId: string;
  /** `20261121` */
  readonly scopeDate: string;
  readonly region: string;
  readonly signingName: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20261121T090000Z` */
  readonly date: string;
  readonly sessionToken: string | undefined;
  /** Seconds that a presigned request stays good; absent where the Authorization header signs. */
  readonly expiresSeconds?: number;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const CREDENTIAL = /^([\w-]{1,128})\/(\d{8})\/([\w-]+)\/([\w-]+)\/aws4_request$/;
const DATE = /^\d{8}T\d{6}Z$/;
/** Seven days: the longest a presigned request may stay good. */
const LONGEST_EXPIRY_SECONDS = 604_800;

/** Reads who claims to have signed a request, before anything is verified. */
export function readSignedRequest(request: WireRequest): SignedRequest {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) return fromHeader(authorization, request);
  const query = new URLSearchParams(request.url.slice(request.url.indexOf('?') + 1));
  if (request.url.includes('?') && query.has('X-Amz-Algorithm')) return fromQuery(query);
  if (isSignatureVersion2(request)) throw unsupported();
  throw new SignatureError('missing-token', 'Missing Authentication Token');
}

/** As AWS CLI 1 presigns S3 URLs unless it is told `signature_version = s3v4`. */
export const isSignatureVersion2 = ({ url, headers }: WireRequest): boolean =>
  /[?&]AWSAccessKeyId=/.test(url) || headers.authorization?.startsWith('AWS ') === true;

const unsupported = (): SignatureError =>
  new SignatureError(
    'incomplete',
    `The authorization mechanism you have provided is not supported. Please use ${ALGORITHM}.`,
  );

function fromHeader(authorization: string, request: WireRequest): SignedRequest {
  if (!authorization.startsWith(`${ALGORITHM} `)) throw unsupported();
  const parts = new Map(
    authorization
      .slice(ALGORITHM.length)
      .split(',')
      .map((part) => {
        const [name = '', ...value] = part.trim().split('=');
        return [name, value.join('=')] as const;
      }),
  );
  return {
    ...claims(
      parts.get('Credential'),
      parts.get('SignedHeaders'),
      parts.get('Signature'),
      request.headers['x-amz-date'],
    ),
    sessionToken: request.headers['x-amz-security-token'],
  };
}

function fromQuery(query: URLSearchParams): SignedRequest {
  const one = (name: string): string | undefined => {
    const values = query.getAll(name);
    if (values.length > 1)
      throw new SignatureError('incomplete', `The query parameter ${name} is given more than once.`);
    return values[0];
  };
  if (one('X-Amz-Algorithm') !== ALGORITHM) {
    throw new SignatureError('incomplete', `X-Amz-Algorithm only supports "${ALGORITHM}"`);
  }
  const expiresSeconds = Number(one('X-Amz-Expires') ?? 'absent');
  if (!Number.isInteger(expiresSeconds) || expiresSeconds < 1 || expiresSeconds > LONGEST_EXPIRY_SECONDS) {
    throw new SignatureError('incomplete', `X-Amz-Expires must be between 1 and ${LONGEST_EXPIRY_SECONDS} seconds`);
  }
  return {
    ...claims(one('X-Amz-Credential'), one('X-Amz-SignedHeaders'), one('X-Amz-Signature'), one('X-Amz-Date')),
    sessionToken: one('X-Amz-Security-Token'),
    expiresSeconds,
  };
}

function claims(
  credential: string | undefined,
  signedHeaders: string | undefined,
  signature: string | undefined,
  date: string | undefined,
): Omit<SignedRequest, 'sessionToken' | 'expiresSeconds'> {
  const [, accessKeyId, scopeDate, region, signingName] = CREDENTIAL.exec(credential ?? '') ?? [];
  if (!accessKeyId || !scopeDate || !region || !signingName) {
    throw new SignatureError(
      'incomplete',
      "Credential must have the form '<access key>/<date>/<region>/<service>/aws4_request'",
    );
  }
  if (!signedHeaders)
    throw new SignatureError('incomplete', "Authorization header requires 'SignedHeaders' parameter.");
  if (!signature) throw new SignatureError('incomplete', "Authorization header requires 'Signature' parameter.");
  if (!date || !DATE.test(date)) {
    throw new SignatureError('incomplete', "Authorization header requires existence of a valid 'X-Amz-Date' header.");
  }
  if (!date.startsWith(scopeDate)) {
    throw new SignatureError(
      'mismatch',
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scopeDate}' != '${date.slice(0, 8)}'.`,
    );
  }
  return { accessKeyId, scopeDate, region, signingName, signedHeaders: signedHeaders.split(';'), signature, date };
}
