import * as z from 'zod';
import { propertyCodeSchema } from '../auth/caller.ts';
import {
  ANSWERS,
  itineraryPageSchema,
  itinerarySummarySchema,
  itineraryViewSchema,
  problemSchema,
  receiptSchema,
} from './answer-schemas.ts';
import {
  bookingSchema,
  confirmationSchema,
  guestSearchSchema,
  idempotencyKeySchema,
  modificationSchema,
} from './booking-schemas.ts';
import { CHANNELS, type Channel, OPERATIONS, type Operation, type OperationId, SHARED_PROBLEMS } from './operations.ts';
import { PROBLEMS, type ProblemName, problemType } from './problem.ts';

type Json = Record<string, unknown>;

const COMPONENTS: ReadonlyMap<z.ZodType, string> = new Map<z.ZodType, string>([
  [itineraryViewSchema, 'Itinerary'],
  [itinerarySummarySchema, 'ItinerarySummary'],
  [itineraryPageSchema, 'ItineraryPage'],
  [receiptSchema, 'Receipt'],
  [problemSchema, 'Problem'],
  [bookingSchema, 'Booking'],
  [modificationSchema, 'Modification'],
  [guestSearchSchema, 'GuestSearch'],
]);

/** The OpenAPI 3.1 document of both channels, made from the schemas that validate. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const channel of CHANNELS) {
    for (const [id, operation] of Object.entries<Operation>(OPERATIONS)) {
      const path = `/${channel}/v1${operation.path}`;
      paths[path] ??= {};
      paths[path][operation.method.toLowerCase()] = described(channel, id as OperationId, operation);
    }
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Reservation itineraries',
      version: '1.0.0',
      description: `Itineraries of a hotel group. The gateway itself answers 401, 403, 404, 413, 429, 431 and 503 with {"message"}; everything else that fails is a problem document (RFC 9457) of one of these types:\n\n${Object.entries(
        PROBLEMS,
      )
        .map(([name, { status, title }]) => `- \`${problemType(name as ProblemName)}\` (${status}): ${title}`)
        .join('\n')}`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'https://{api}.execute-api.{region}.amazonaws.com', variables: SERVER_VARIABLES }],
    tags: CHANNELS.map((name) => ({ name, description: CHANNEL_TEXTS[name] })),
    paths,
    components: {
      schemas: Object.fromEntries([...COMPONENTS].map(([schema, name]) => [name, jsonSchema(schema)])),
      securitySchemes: {
        mobile: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: CHANNEL_TEXTS.mobile },
        partner: { type: 'apiKey', in: 'header', name: 'Authorization', description: CHANNEL_TEXTS.partner },
      },
    },
  };
}

const SERVER_VARIABLES = { api: { default: 'abcdefghij' }, region: { default: 'us-east-1' } };
const CHANNEL_TEXTS: Readonly<Record<Channel, string>> = {
  mobile:
    'A JWT of the identity provider (RS256 or ES256) with `scope` and the codes of the properties it is good for.',
  partner: 'AWS Signature Version 4 for execute-api, by an IAM identity that is entered as a partner.',
};

function described(channel: Channel, id: OperationId, operation: Operation): Json {
  const { summary, scope, body, problems } = operation;
  const answer = ANSWERS[id];
  return {
    operationId: `${channel}.${id}`,
    tags: [channel],
    summary,
    security: [{ [channel]: [scope] }],
    parameters: parametersOf(operation, answer.hasEntityTag),
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: reference(body) } } } }),
    responses: {
      [answer.status]: {
        description: 'Done.',
        ...(answer.hasEntityTag && { headers: { ETag: { schema: { type: 'string' } } } }),
        content: { 'application/json': { schema: reference(answer.schema) } },
      },
      ...(id === 'getItinerary' && { 304: { description: 'The entity tag in If-None-Match is the current one.' } }),
      ...problemResponses([...SHARED_PROBLEMS, ...problems]),
    },
  };
}

function parametersOf({ path, query, change, method }: Operation, hasEntityTag: boolean): Json[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: jsonSchema(name === 'property' ? propertyCodeSchema : confirmationSchema),
  }));
  const shape = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !(schema as z.ZodType).safeParse(undefined).success,
    schema: jsonSchema(schema as z.ZodType),
  }));
  const header = (name: string, required: boolean, schema: Json = { type: 'string' }) => ({
    name,
    in: 'header',
    required,
    schema,
  });
  return [
    ...inPath,
    ...shape,
    ...(change ? [header('Idempotency-Key', true, jsonSchema(idempotencyKeySchema))] : []),
    ...(change?.needsIfMatch ? [header('If-Match', true)] : []),
    ...(method === 'GET' && hasEntityTag ? [header('If-None-Match', false)] : []),
  ];
}

/** One response for a status, with the types that it may have. */
function problemResponses(names: readonly ProblemName[]): Json {
  const byStatus = Map.groupBy([...new Set(names)], (name) => PROBLEMS[name].status);
  const entries = [...byStatus].map(([status, same]) => [
    status,
    {
      description: same.map((name) => `${problemType(name)}: ${PROBLEMS[name].title}`).join('\n'),
      content: { 'application/problem+json': { schema: reference(problemSchema) } },
    },
  ]);
  return Object.fromEntries(entries);
}

function reference(schema: z.ZodType): Json {
  const name = COMPONENTS.get(schema);
  if (name === undefined) throw new RangeError('A schema of the API has no name among the components.');
  return { $ref: `#/components/schemas/${name}` };
}

/** Requests and answers alike as they stand on the wire: members with a default may be absent. */
function jsonSchema(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
  return rest;
}
