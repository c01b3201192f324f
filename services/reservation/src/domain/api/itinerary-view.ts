import type { Itinerary } from '../messages/itinerary.ts';
import { present } from '../messages/read-values.ts';
import type { ItinerarySummary, ItineraryView } from './answer-schemas.ts';

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
