import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { idempotencyKeySchema } from '../domain/api/booking-schemas.ts';
import type { Operation } from '../domain/api/operations.ts';
import { problemErrors } from '../domain/api/problem.ts';
import { type ApiAnswer, problem } from './api-answer.ts';

/** A request whose form is right; what its path names is not looked up yet. */
export interface ApiRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
  /** The body as it was sent: what an Idempotency-Key is bound to. */
  readonly rawBody: string;
  readonly idempotencyKey?: string | undefined;
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/** Nothing that the API takes is nearly as large. */
const LARGEST_BODY_BYTES = 65_536;

export type RequestReading =
  | { readonly kind: 'read'; readonly request: ApiRequest }
  | { readonly kind: 'refused'; readonly answer: ApiAnswer };

/** Checks a request against its operation's schemas. Never throws for a request. */
export function readRequest(event: APIGatewayProxyEventV2, operation: Operation): RequestReading {
  const { headers, pathParameters = {}, queryStringParameters = {} } = event;
  const rawBody = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : (event.body ?? '');
  if (Buffer.byteLength(rawBody) > LARGEST_BODY_BYTES) return refused(problem('too-large'));
  const body = readBody(rawBody, headers['content-type'], operation.body);
  if (body.kind === 'refused') return body;
  const query = operation.query?.safeParse(queryStringParameters);
  if (query?.success === false) return refused(malformed(query.error));
  if (operation.query === undefined && event.rawQueryString !== '') return refused(problem('malformed-request'));
  const idempotencyKey = idempotencyKeySchema.safeParse(headers['idempotency-key']);
  if (operation.change && !idempotencyKey.success) return refused(problem('idempotency-key-required'));
  const ifMatch = headers['if-match'];
  if (operation.change?.needsIfMatch && ifMatch === undefined) return refused(problem('precondition-required'));
  return {
    kind: 'read',
    request: {
      path: pathParameters as Record<string, string>,
      query: query?.data,
      body: body.value,
      rawBody,
      idempotencyKey: idempotencyKey.data,
      ifMatch,
      ifNoneMatch: headers['if-none-match'],
    },
  };
}

type BodyReading =
  | { readonly kind: 'read'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly answer: ApiAnswer };

function readBody(text: string, contentType: string | undefined, schema: z.ZodType | undefined): BodyReading {
  if (schema === undefined)
    return text === '' ? { kind: 'read', value: undefined } : refused(problem('malformed-request'));
  if (!/^application\/json(?:;\s*charset=utf-8)?$/i.test(contentType ?? ''))
    return refused(problem('unsupported-media-type'));
  const value = parsed(text);
  if (value === undefined) return refused(problem('malformed-request'));
  const checked = schema.safeParse(value);
  return checked.success ? { kind: 'read', value: checked.data } : refused(malformed(checked.error));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const malformed = (error: z.ZodError): ApiAnswer => problem('malformed-request', { errors: problemErrors(error) });
const refused = (answer: ApiAnswer) => ({ kind: 'refused', answer }) as const;
