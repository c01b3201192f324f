import * as z from 'zod';
import type { Itinerary } from '../messages/itinerary.ts';
import { present } from '../messages/read-values.ts';

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

/** What a caller is shown of an itinerary. */
export function viewOf({ confirmation, version, parts }: Itinerary): ItineraryView {
  const { property, stay, total, roomStays, guests, card, specialRequests, comments, state } = parts;
  return present({
    confirmation,
    state: state?.value.isCancelled ? ('cancelled' as const) : ('booked' as const),
    property: present({ code: property?.value.hotelCode, name: property?.value.name }),
    arrival: stay?.value.arrival,
    departure: stay?.value.departure,
    total: total?.value,
    roomStays: (roomStays?.value ?? []).map(({ rates: _, ...roomStay }) => roomStay),
    guests: (guests?.value ?? []).map(({ address: _, ...guest }) => guest),
    card: card && present({ network: card.value.code, lastFour: card.value.lastFour, expires: card.value.expires }),
    specialRequests: (specialRequests?.value ?? []).flatMap(({ text: wish }) => wish ?? []),
    comments: comments?.value ?? [],
    changedAt: version.changedAtMs > 0 ? new Date(version.changedAtMs).toISOString() : undefined,
  }) as ItineraryView;
}

/** What a list shows of an itinerary: parts that name no guest, so that a sealed one does as well. */
export function summaryOf(itinerary: Itinerary): ItinerarySummary {
  const { confirmation, state, property, arrival, departure } = viewOf(itinerary);
  return present({ confirmation, state, property, arrival, departure }) as ItinerarySummary;
}
