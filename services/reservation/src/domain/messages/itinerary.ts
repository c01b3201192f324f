import * as z from 'zod';
import { reservationMessageSchema, versionSchema } from './reservation-message.ts';

const fields = reservationMessageSchema.shape;

/** A part of an itinerary, and the version of the message that it is from. */
const part = <T extends z.ZodType>(value: T) => z.strictObject({ value, version: versionSchema }).optional();

/**
 * What is known of one reservation after any of its messages, in any order. Each part is that of the newest message which
 * said anything of it, so that a partial modification keeps what it does not name, and an older message that comes late
 * changes only what no newer one has said.
 */
export const itinerarySchema = z.strictObject({
  confirmation: z.string().min(1),
  /** All ids that any message gave, sorted. */
  ids: fields.ids,
  /** The newest version of all: what a store compares. */
  version: versionSchema,
  parts: z.strictObject({
    /** A cancellation stands until a newer message takes it back: also one that comes before what it cancels. */
    state: part(z.strictObject({ isCancelled: z.boolean(), status: fields.status })),
    property: part(fields.property),
    stay: part(z.strictObject({ arrival: fields.arrival, departure: fields.departure })),
    total: part(fields.total.unwrap()),
    roomStays: part(fields.roomStays),
    guests: part(fields.guests),
    card: part(fields.card.unwrap()),
    specialRequests: part(fields.specialRequests),
    comments: part(fields.comments),
    sourceChannel: part(fields.sourceChannel.unwrap()),
  }),
});

export type Itinerary = z.infer<typeof itinerarySchema>;
export type ItineraryParts = Itinerary['parts'];
