/** Longer tokens are refused before anything of them is decoded. */
const LONGEST_TOKEN = 6_144;
/** JWS compact serialisation, RFC 7515, section 7.1: three parts of base64url, none of them empty. */
const BEARER = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/;

/**
 * The token of an `Authorization` header; undefined for any other content, two credentials in one header among it. The scheme is taken in one
 * spelling only, though RFC 9110 would allow more: API Gateway caches by the header as sent, and one token is to have one entry.
 */
export function readBearer(header: string | undefined): string | undefined {
  if (header === undefined || header.length > LONGEST_TOKEN) return undefined;
  return BEARER.exec(header)?.[1];
}
