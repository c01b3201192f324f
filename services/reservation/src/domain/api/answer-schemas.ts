import * as z from 'zod';
import type { OperationId } from './operations.ts';
import { PROBLEM_TYPE_PREFIX } from './problem.ts';

/*
 * What the API answers, as schemas: for the OpenAPI document and the tests. No function loads them, since what we say ourselves needs
 * no checking and a cold start is waited for.
 */

const text = z.string();
const money = z.strictObject({ beforeTax: text.optional(), afterTax: text.optional(), currency: text.optional() });

/** An itinerary as the API shows it. Of a card, the last four digits are all there is. */
export const itineraryViewSchema = z.strictObject({
  confirmation: text,
  state: z.enum(['booked', 'cancelled']),
  property: z.strictObject({ code: text.optional(), name: text.optional() }),
  arrival: text.optional(),
  departure: text.optional(),
  total: money.optional(),
  roomStays: z.array(
    z.strictObject({
      roomType: text.optional(),
      ratePlan: text.optional(),
      units: z.number().optional(),
      arrival: text.optional(),
      departure: text.optional(),
      guestCounts: z.array(z.strictObject({ ageCode: text.optional(), age: z.number().optional(), count: z.number() })),
      total: money.optional(),
    }),
  ),
  guests: z.array(
    z.strictObject({
      isPrimary: z.boolean(),
      title: text.optional(),
      givenName: text.optional(),
      middleName: text.optional(),
      surname: text.optional(),
      email: text.optional(),
      phones: z.array(text),
      loyalty: z.array(z.strictObject({ program: text.optional(), number: text })),
    }),
  ),
  card: z.strictObject({ network: text.optional(), lastFour: text.optional(), expires: text.optional() }).optional(),
  specialRequests: z.array(text),
  comments: z.array(text),
  changedAt: z.iso.datetime().optional(),
});

export type ItineraryView = z.infer<typeof itineraryViewSchema>;

/** One itinerary of a list: nothing of its guests, so that a list costs no keys and spreads no names. */
export const itinerarySummarySchema = itineraryViewSchema.pick({
  confirmation: true,
  state: true,
  property: true,
  arrival: true,
  departure: true,
});
export type ItinerarySummary = z.infer<typeof itinerarySummarySchema>;

/** A page of a list. */
export const itineraryPageSchema = z.strictObject({
  itineraries: z.array(itinerarySummarySchema),
  nextCursor: z
    .string()
    .meta({ description: 'Absent on the last page. Good for an hour, for this caller and list.' })
    .optional(),
});
export type ItineraryPage = z.infer<typeof itineraryPageSchema>;

/** The answer to a change. It names no guest, so that it can be kept with its Idempotency-Key and given again. */
export const receiptSchema = z.strictObject({
  confirmation: z.string(),
  state: z.enum(['booked', 'cancelled']),
  entityTag: z.string().meta({ description: 'Of the itinerary after the change, for If-Match and If-None-Match.' }),
  payment: z.strictObject({ authorizationId: z.string() }).optional(),
});

export type Receipt = z.infer<typeof receiptSchema>;

/** A member of the request that is wrong: a JSON pointer into it, and what was wanted. Never the value that was sent. */
const problemErrorSchema = z.strictObject({
  pointer: z.string().meta({ description: 'RFC 6901, into the body; or the name of a parameter after a slash.' }),
  detail: z.string(),
});

/** RFC 9457, `application/problem+json`. */
export const problemSchema = z.strictObject({
  type: z.string().meta({ description: `Stable: ${PROBLEM_TYPE_PREFIX} and a name.` }),
  title: z.string(),
  status: z.number().int(),
  instance: z.string().meta({ description: 'The id of the request, to be named to support.' }).optional(),
  errors: z.array(problemErrorSchema).optional(),
});

export type Problem = z.infer<typeof problemSchema>;
export type ProblemError = z.infer<typeof problemErrorSchema>;

/** What each operation answers where it succeeds. */
export const ANSWERS: Readonly<
  Record<OperationId, { readonly status: number; readonly schema: z.ZodType; readonly hasEntityTag: boolean }>
> = {
  getItinerary: { status: 200, schema: itineraryViewSchema, hasEntityTag: true },
  listArrivals: { status: 200, schema: itineraryPageSchema, hasEntityTag: false },
  searchByGuest: { status: 200, schema: itineraryPageSchema, hasEntityTag: false },
  createItinerary: { status: 201, schema: receiptSchema, hasEntityTag: true },
  modifyItinerary: { status: 200, schema: receiptSchema, hasEntityTag: true },
  cancelItinerary: { status: 200, schema: receiptSchema, hasEntityTag: true },
};
