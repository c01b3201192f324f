import { maskCardNumbers } from '../messages/mask-card-numbers.ts';
import { present } from '../messages/read-values.ts';
import type { ReservationDraft, ReservationMessage } from '../messages/reservation-message.ts';
import { stampMessage } from '../messages/version-stamp.ts';
import type { Booking, Modification } from './booking-schemas.ts';

/** Code of OpenTravel's list UIT. */
const RESERVATION = '14';
const ADULT = '10';
const CHILD = '8';
const LAST_DIGITS = 4;

/** What a change is of, and when its request came first: a repetition makes the same message of the same version. */
export interface ChangeOf {
  readonly confirmation: string;
  readonly changedAtMs: number;
  readonly property: string;
}

/** A booking as the message that creates its itinerary. The card's number is cut here. */
export function bookingMessage(booking: Booking, change: ChangeOf): ReservationMessage {
  const { arrival, departure, payment, guests, roomStays, specialRequests } = booking;
  const { number, network, expires } = payment.card;
  return stamped(change, {
    kind: 'create',
    arrival,
    departure,
    total: { afterTax: payment.amount, currency: payment.currency },
    roomStays: roomStays.map((stay) => roomStayOf(stay, { arrival, departure })),
    guests: guestsOf(guests),
    card: present({ code: network, lastFour: number.slice(-LAST_DIGITS), expires }),
    specialRequests: wishesOf(specialRequests),
  });
}

/** A modification as a message: what it does not name says nothing. */
export function modificationMessage({ stay, roomStays, guests, specialRequests }: Modification, change: ChangeOf) {
  return stamped(change, {
    kind: 'modify',
    ...stay,
    roomStays: (roomStays ?? []).map((each) => roomStayOf(each, stay)),
    guests: guestsOf(guests ?? []),
    specialRequests: wishesOf(specialRequests ?? []),
  });
}

export const cancellationMessage = (change: ChangeOf): ReservationMessage => stamped(change, { kind: 'cancel' });

function stamped(change: ChangeOf, said: Pick<ReservationDraft, 'kind'> & Partial<ReservationDraft>) {
  const { confirmation, changedAtMs, property } = change;
  const id = { value: confirmation, type: RESERVATION, source: 'API' };
  const draft: ReservationDraft = {
    origin: 'api/v1',
    confirmation: id,
    ids: [id],
    property: { hotelCode: property },
    roomStays: [],
    guests: [],
    specialRequests: [],
    comments: [],
    doubts: [],
    sourceChannel: 'API',
    ...said,
  };
  return stampMessage(draft, { changedAtMs, sequence: undefined });
}

type Dates = { readonly arrival: string; readonly departure: string };

function roomStayOf(stay: Booking['roomStays'][number], dates: Dates | undefined) {
  const { roomType, ratePlan, units, adults, children } = stay;
  const counts = [
    { ageCode: ADULT, count: adults },
    { ageCode: CHILD, count: children },
  ];
  return {
    ...present({ roomType, ratePlan, units, ...dates }),
    guestCounts: counts.filter(({ count }) => count > 0),
    rates: [],
  };
}

/** Somebody is the primary guest: the first, where nobody is named so. */
function guestsOf(guests: Booking['guests']) {
  const hasPrimary = guests.some(({ isPrimary }) => isPrimary);
  return guests.map((guest, index) => ({
    ...present({ ...guest, isPrimary: hasPrimary ? guest.isPrimary : index === 0 }),
    loyalty: guest.loyalty.map((each) => present(each)),
  }));
}

const wishesOf = (wishes: readonly string[]) => wishes.map((text) => ({ text: maskCardNumbers(text) }));
