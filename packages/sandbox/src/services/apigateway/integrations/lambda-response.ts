import { type GatewayAnswer, internalServerError } from '../gateway/gateway-answer.ts';
import type { PayloadFormatVersion } from '../http-api/http-api.ts';

/** Set by the front itself, whatever a function says. */
const HOP_HEADERS = ['content-length', 'connection', 'transfer-encoding', 'keep-alive'];

/**
 * Reads what a function returned. REST APIs decode a body only for callers that accept one of the API's binary types. Throws a refusal (500) for a response that has not the form of its version.
 * Source: API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs", Lambda function response format.
 */
export function lambdaResponse(payload: Buffer, version: PayloadFormatVersion, decodesBase64 = true): GatewayAnswer {
  const text = payload.toString('utf8');
  const value = parsed(text);
  if (isResponse(value)) return structured(value, decodesBase64);
  if (version === '1.0') throw internalServerError();
  // Without a statusCode, format 2.0 takes the value itself for the body of a 200.
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    cookies: [],
    body: Buffer.from(typeof value === 'string' ? value : text),
  };
}

interface StructuredResponse {
  readonly statusCode: unknown;
  readonly headers?: unknown;
  readonly multiValueHeaders?: unknown;
  readonly cookies?: unknown;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

const isResponse = (value: unknown): value is StructuredResponse =>
  typeof value === 'object' && value !== null && 'statusCode' in value;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw internalServerError();
  }
}

function structured(response: StructuredResponse, decodesBase64: boolean): GatewayAnswer {
  const status = Number(response.statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) throw internalServerError();
  const { body = '' } = response;
  if (body !== null && typeof body !== 'string') throw internalServerError();
  const { headers, cookies } = headersOf(response);
  return {
    status,
    headers: {
      ...(headers['content-type'] || !body ? {} : { 'content-type': 'text/plain;charset=UTF-8' }),
      ...headers,
    },
    cookies: [...cookies, ...(Array.isArray(response.cookies) ? response.cookies.map(String) : [])],
    body: Buffer.from(body ?? '', response.isBase64Encoded === true && decodesBase64 ? 'base64' : 'utf8'),
  };
}

function headersOf(response: StructuredResponse): { headers: Record<string, string>; cookies: string[] } {
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  const add = (given: unknown) => {
    for (const [name, value] of Object.entries((given ?? {}) as Record<string, unknown>)) {
      const lower = name.toLowerCase();
      const values = (Array.isArray(value) ? value : [value]).map(String);
      if (lower === 'set-cookie') cookies.push(...values);
      else if (!HOP_HEADERS.includes(lower)) headers[lower] = values.join(', ');
    }
  };
  add(response.headers);
  add(response.multiValueHeaders);
  return { headers: checked(headers), cookies };
}

/** A header that HTTP cannot carry breaks the response, not the server. */
function checked(headers: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+\-.^_`|~0-9a-z]+$/.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(value)) throw internalServerError();
  }
  return headers;
}
