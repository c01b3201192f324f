import type * as z from 'zod';
import type { Scope } from '../auth/caller.ts';
import { arrivalsQuerySchema, bookingSchema, guestSearchSchema, modificationSchema } from './booking-schemas.ts';
import type { ProblemName } from './problem.ts';

/** One operation of the API, as code and as the OpenAPI document have it. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** After the prefix of the channel: `/mobile/v1` or `/partner/v1`. */
  readonly path: string;
  readonly summary: string;
  readonly scope: Scope;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Changes something: takes an Idempotency-Key, and If-Match where there is something to match. */
  readonly change?: { readonly needsIfMatch: boolean };
  /** Beside those that any operation may answer. */
  readonly problems: readonly ProblemName[];
}

/** What every operation may answer. */
export const SHARED_PROBLEMS: readonly ProblemName[] = [
  'malformed-request',
  'credentials-expired',
  'scope-missing',
  'caller-unknown',
  'internal-error',
  'unavailable',
];
const CHANGE_PROBLEMS = [
  'idempotency-key-required',
  'request-in-progress',
  'too-large',
  'unsupported-media-type',
  'idempotency-key-reused',
] as const;
const MATCH_PROBLEMS = ['not-found', 'precondition-failed', 'precondition-required', 'already-cancelled'] as const;

/** The API. Routes, checks, validation and the OpenAPI document are made from this table. */
export const OPERATIONS = {
  getItinerary: {
    method: 'GET',
    path: '/itineraries/{confirmation}',
    summary: 'An itinerary by its confirmation number',
    scope: 'itinerary:read',
    problems: ['not-found'],
  },
  listArrivals: {
    method: 'GET',
    path: '/properties/{property}/itineraries',
    summary: 'Itineraries of a property by their day of arrival',
    scope: 'itinerary:search',
    query: arrivalsQuerySchema,
    problems: ['cursor-invalid', 'property-not-granted'],
  },
  searchByGuest: {
    method: 'POST',
    path: '/itineraries/searches',
    summary:
      'Itineraries of a guest, known by e-mail address, phone or loyalty number; in the body, so that no access log has it',
    scope: 'itinerary:search',
    body: guestSearchSchema,
    problems: ['cursor-invalid', 'too-large', 'unsupported-media-type'],
  },
  createItinerary: {
    method: 'POST',
    path: '/itineraries',
    summary: 'Authorises the payment and books',
    scope: 'itinerary:write',
    body: bookingSchema,
    change: { needsIfMatch: false },
    problems: [...CHANGE_PROBLEMS, 'property-not-granted', 'payment-declined', 'payment-unavailable'],
  },
  modifyItinerary: {
    method: 'PATCH',
    path: '/itineraries/{confirmation}',
    summary: 'Modifies what the body names',
    scope: 'itinerary:write',
    body: modificationSchema,
    change: { needsIfMatch: true },
    problems: [...CHANGE_PROBLEMS, ...MATCH_PROBLEMS],
  },
  cancelItinerary: {
    method: 'POST',
    path: '/itineraries/{confirmation}/cancellation',
    summary: 'Cancels',
    scope: 'itinerary:write',
    change: { needsIfMatch: true },
    problems: [...CHANGE_PROBLEMS, ...MATCH_PROBLEMS],
  },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof OPERATIONS;

/** The two doors to the same operations, by the first part of the path. */
export const CHANNELS = ['mobile', 'partner'] as const;
export type Channel = (typeof CHANNELS)[number];

/** `GET /mobile/v1/itineraries/{confirmation}`: what API Gateway knows a route by. */
export const routeKeyOf = (channel: Channel, { method, path }: Operation): string => `${method} /${channel}/v1${path}`;
