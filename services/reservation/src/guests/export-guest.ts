import type { Itinerary } from '../domain/messages/itinerary.ts';
import type { PersonalCategory } from '../domain/pii/classification.ts';
import { personalValues } from '../domain/pii/personal-fields.ts';
import { ITINERARY_FIELDS, isOfGuest } from '../domain/pii/sealed-itinerary.ts';
import { type FindGuestDeps, findGuest, type GuestReservation } from './find-guest.ts';
import { readGuestRequest } from './guest-request.ts';

/** One personal value that is stored of a guest. */
export interface ExportedValue {
  readonly confirmation: string;
  readonly category: PersonalCategory;
  /** Such as `guests.email`. */
  readonly field: string;
  readonly value: string;
}

export interface GuestExport {
  readonly reservations: readonly {
    readonly confirmation: string;
    readonly property: string | undefined;
    readonly arrival: string | undefined;
    readonly departure: string | undefined;
    readonly isCancelled: boolean;
  }[];
  readonly personal: readonly ExportedValue[];
}

/** All that is stored of one guest, and nothing of those who travel along: for access and portability. */
export async function exportGuest(event: unknown, deps: FindGuestDeps): Promise<GuestExport> {
  const { reservations } = await findGuest(readGuestRequest(event), deps);
  const own = reservations.filter(({ positions }) => positions.length > 0);
  return { reservations: own.map(({ itinerary }) => summaryOf(itinerary)), personal: own.flatMap(personalOf) };
}

const summaryOf = ({ confirmation, parts }: Itinerary) => ({
  confirmation,
  property: parts.property?.value.hotelCode,
  arrival: parts.stay?.value.arrival,
  departure: parts.stay?.value.departure,
  isCancelled: parts.state?.value.isCancelled ?? false,
});

/** Fields of the guest, and those of the reservation as a whole, such as comments. */
function personalOf({ itinerary, positions }: GuestReservation): ExportedValue[] {
  return personalValues(itinerary, ITINERARY_FIELDS)
    .filter(({ field, positions: [guest] }) => !isOfGuest(field) || positions.includes(guest!))
    .map(({ field, text }) => ({
      confirmation: itinerary.confirmation,
      category: field.category,
      field: field.path.filter((step) => !['parts', 'value', '*'].includes(step)).join('.'),
      value: text,
    }));
}
