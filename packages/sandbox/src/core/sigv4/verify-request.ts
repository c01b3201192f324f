import { timingSafeEqual } from 'node:crypto';
import type { WireRequest } from '../service.ts';
import { canonicalRequest } from './canonical-request.ts';
import { SignatureError } from './signature-error.ts';
import { chunksAreSigned } from './signed-chunks.ts';
import type { SignedRequest } from './signed-request.ts';
import { hmac, type SigningKeys, sha256Hex } from './signing-key.ts';

/** AWS refuses a signature whose date is further than this from its own. */
const LARGEST_SKEW_MS = 5 * 60_000;
const SIGNED_CHUNKS = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
const UNSIGNED_PAYLOADS = ['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'];

export interface VerifyOptions {
  readonly keys: SigningKeys;
  /** Instants that count as now, epoch milliseconds: a function may run on the sandbox's clock or on the machine's. */
  readonly nows: readonly number[];
}

/** Throws {@link SignatureError} unless the request was signed with the secret, is fresh, and arrived as it was signed. */
export function verifyRequest(request: WireRequest, signed: SignedRequest, options: VerifyOptions): void {
  checkSignedHeaders(request, signed);
  const payloadHash = payloadHashOf(request, signed);
  const scope = `${signed.scopeDate}/${signed.region}/${signed.signingName}/aws4_request`;
  const key = options.keys.of(signed);
  // Header values are bytes on the wire; Node hands each byte over as one character.
  const canonical = Buffer.from(canonicalRequest(request, signed, payloadHash), 'latin1');
  const expected = hmac(key, ['AWS4-HMAC-SHA256', signed.date, scope, sha256Hex(canonical)].join('\n')).toString('hex');
  if (!same(expected, signed.signature)) throw mismatch();
  checkFreshness(signed, options.nows);
  if (payloadHash !== SIGNED_CHUNKS) return;
  if (!chunksAreSigned(request.body, { key, date: signed.date, scope, seed: signed.signature })) throw mismatch();
}

/** Everything that steers a call has to be signed: the host (over HTTP/2 `:authority`) and every `x-amz-*` header. */
function checkSignedHeaders(request: WireRequest, signed: SignedRequest): void {
  const host = signed.signedHeaders.includes(':authority') ? ':authority' : 'host';
  const unsigned = [host, ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))].filter(
    (name) => !signed.signedHeaders.includes(name),
  );
  // A presigned URL may be fetched with the hash of its payload beside it; the hash is compared with the body in any case.
  const harmless = signed.expiresSeconds === undefined ? [] : ['x-amz-content-sha256'];
  const refused = unsigned.filter((name) => !harmless.includes(name));
  if (refused.length > 0) {
    throw new SignatureError(
      'mismatch',
      `There were headers present in the request which were not signed: ${refused.join(', ')}`,
    );
  }
}

function payloadHashOf(request: WireRequest, signed: SignedRequest): string {
  const declared = request.headers['x-amz-content-sha256'];
  const isS3 = signed.signingName === 's3';
  if (isS3 && signed.expiresSeconds !== undefined && declared === undefined) return 'UNSIGNED-PAYLOAD';
  if (isS3 && declared !== undefined && (UNSIGNED_PAYLOADS.includes(declared) || declared === SIGNED_CHUNKS))
    return declared;
  if (declared?.startsWith('STREAMING-')) {
    throw new SignatureError('incomplete', `The sandbox does not verify a payload that is signed as ${declared}.`);
  }
  const actual = sha256Hex(request.body);
  if (declared !== undefined && declared !== actual) {
    throw new SignatureError(
      'body-mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  return actual;
}

function checkFreshness(signed: SignedRequest, nows: readonly number[]): void {
  const part = (from: number) => signed.date.slice(from, from + 2);
  const signedAt = Date.parse(`${part(0)}${part(2)}-${part(4)}-${part(6)}T${part(9)}:${part(11)}:${part(13)}Z`);
  const good = (nowMs: number): boolean =>
    signed.expiresSeconds === undefined
      ? Math.abs(nowMs - signedAt) <= LARGEST_SKEW_MS
      : nowMs >= signedAt - LARGEST_SKEW_MS && nowMs <= signedAt + signed.expiresSeconds * 1000;
  if (nows.some(good)) return;
  if (signed.expiresSeconds !== undefined) throw new SignatureError('url-expired', 'Request has expired');
  const now = new Date(nows[0] ?? 0).toISOString().replace(/[-:]|\.\d+/g, '');
  const relation = signedAt > (nows[0] ?? 0) ? 'not yet current' : 'expired';
  throw new SignatureError('skewed', `Signature ${relation}: ${signed.date} is more than 5 min. away from ${now}.`);
}

const mismatch = (): SignatureError =>
  new SignatureError(
    'mismatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
  );

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
