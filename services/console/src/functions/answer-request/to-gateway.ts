import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type ApiResponse, problemResponse } from '../../api/answer-api.ts';
import type { ApiRequest } from '../../api/api-request.ts';
import { tooLong } from '../../domain/problem.ts';

/** What fits into one packet is not made smaller. */
const LEAST_CHARACTERS = 1_400;
/** A function's answer is 6 MB at most (Lambda quotas), and the body of a plain one is escaped a second time inside it. */
const MOST_BYTES = 6_000_000;

/**
 * A response as an HTTP API takes it from a function: compressed by the function where the caller reads gzip, because CloudFront compresses only
 * what it may cache, and of an API that needs a sign-in it may cache nothing.
 */
export async function toGateway(
  { status, headers, body }: ApiResponse,
  asked: ApiRequest['headers'],
): Promise<APIGatewayProxyStructuredResultV2> {
  const answer = { statusCode: status, headers: { ...headers, vary: 'accept-encoding' } };
  if (body.length < LEAST_CHARACTERS) return { ...answer, body };
  if (readsGzip(asked['accept-encoding'])) {
    const compressed = await promisify(gzip)(body);
    return {
      ...answer,
      headers: { ...answer.headers, 'content-encoding': 'gzip' },
      body: compressed.toString('base64'),
      isBase64Encoded: true,
    };
  }
  if (escapedBytes(body) <= MOST_BYTES) return { ...answer, body };
  return toGateway(
    problemResponse(tooLong('The answer is too long to be sent plain: ask with Accept-Encoding: gzip.')),
    {},
  );
}

/** `gzip, deflate, br`, but not `gzip;q=0`. */
const readsGzip = (accepted = ''): boolean => /(^|,)\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*(,|$))|,|$)/i.test(accepted);

const escapedBytes = (body: string): number => Buffer.byteLength(JSON.stringify(body));
