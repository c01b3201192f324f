import type { RoomStay } from '../domain/messages/reservation-message.ts';
import type { StoredItinerary } from '../ports.ts';
import { arrivalOf } from './dynamodb-itinerary-store.ts';

/** What the relational itinerary has of a reservation: a column each, nothing personal. */
export function reportRow({ itinerary, revision, lookups }: StoredItinerary): Record<string, unknown> {
  const { confirmation, version, parts } = itinerary;
  const { state, property, stay, total, roomStays, guests, sourceChannel } = parts;
  return {
    confirmation,
    revision,
    is_cancelled: state?.value.isCancelled ?? false,
    status: state?.value.status,
    property: property?.value.hotelCode,
    chain: property?.value.chainCode,
    arrival: arrivalOf(itinerary),
    departure: stay?.value.departure,
    total_before_tax: total?.value.beforeTax,
    total_after_tax: total?.value.afterTax,
    currency: total?.value.currency,
    source_channel: sourceChannel?.value,
    guest_country: guests?.value.find(({ isPrimary }) => isPrimary)?.address?.country,
    changed_at: new Date(version.changedAtMs).toISOString(),
    lookups,
    room_stays: (roomStays?.value ?? []).map(stayRow),
  };
}

const stayRow = (stay: RoomStay, ordinal: number): Record<string, unknown> => ({
  ordinal,
  room_type: stay.roomType,
  rate_plan: stay.ratePlan,
  units: stay.units,
  arrival: stay.arrival,
  departure: stay.departure,
  guests: stay.guestCounts.reduce((sum, { count }) => sum + count, 0),
  total_after_tax: stay.total?.afterTax,
  currency: stay.total?.currency,
});
