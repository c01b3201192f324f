import { type Itinerary, itinerarySchema } from '../messages/itinerary.ts';
import { type PersonalField, personalFields } from './personal-fields.ts';

declare const SEALED: unique symbol;

/** An itinerary whose personal fields are sealed texts: same shape, nobody's data. What stores take and give. */
export type SealedItinerary = Itinerary & { readonly [SEALED]: true };

/** The personal fields of an itinerary, as its schema classifies them. */
export const ITINERARY_FIELDS: readonly PersonalField[] = personalFields(itinerarySchema);

/** `reservation:<confirmation>`: whose key seals what a reservation says of nobody in particular, such as comments. */
export const reservationSubject = (confirmation: string): string => `reservation:${confirmation}`;

/** The place that a sealed text is bound to: it opens in the same field of the same reservation only. */
export const placeOf = (confirmation: string, { path }: PersonalField): string =>
  `${confirmation}/${path.filter((step) => step !== 'value' && step !== 'parts').join('.')}`;

/** A field of a guest, and not of the reservation as a whole. */
export const isOfGuest = ({ path }: PersonalField): boolean => path[1] === 'guests';
