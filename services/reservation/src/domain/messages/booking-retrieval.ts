import type { Extracted, GroupShape } from '@lamplighter/xml-extract';
import { lastFourDigits, maskCardNumbers } from './mask-card-numbers.ts';
import {
  amountOf,
  countOf,
  currencyOf,
  dayOf,
  newValueReader,
  present,
  textOf,
  timestampOf,
  type ValueReader,
} from './read-values.ts';
import type { Guest, ReservationDraft, ReservationMessage, RoomStay } from './reservation-message.ts';
import { stampMessage } from './version-stamp.ts';

const NAME = 'PrimaryGuest/Name';

/** The bookings of a `BookingRetrievalRS`, a channel's format of its own: one element for each booking. */
export const BOOKING_SHAPE = {
  path: ['/BookingRetrievalRS/Bookings/Booking', '/Envelope/Body/BookingRetrievalRS/Bookings/Booking'],
  fields: {
    id: '@id',
    type: '@type',
    createdAt: '@createDateTime',
    source: '@source',
    status: '@status',
    confirmNumber: '@confirmNumber',
    hotelCode: 'Hotel/@id',
    givenName: `${NAME}/@givenName`,
    middleName: `${NAME}/@middleName`,
    surname: `${NAME}/@surname`,
    email: 'PrimaryGuest/Email',
    phoneCountry: 'PrimaryGuest/Phone/@countryCode',
    phoneArea: 'PrimaryGuest/Phone/@cityAreaCode',
    phoneNumber: 'PrimaryGuest/Phone/@number',
    cardCode: 'RoomStay/PaymentCard/@cardCode',
    cardNumber: { path: 'RoomStay/PaymentCard/@cardNumber', read: lastFourDigits },
    cardExpires: 'RoomStay/PaymentCard/@expireDate',
  },
  groups: {
    stays: {
      path: 'RoomStay',
      fields: {
        roomType: '@roomTypeID',
        ratePlan: '@ratePlanID',
        arrival: 'StayDate/@arrival',
        departure: 'StayDate/@departure',
        adults: 'GuestCount/@adult',
        children: 'GuestCount/@child',
        currency: ['PerDayRates/@currency', 'Total/@currency'],
        afterTax: 'Total/@amountAfterTaxes',
        totalCurrency: 'Total/@currency',
      },
      groups: { rates: { path: 'PerDayRates/PerDayRate', fields: { from: '@stayDate', beforeTax: '@baseRate' } } },
    },
    loyalty: { path: 'RewardProgram', fields: { program: '@code', number: '@number' } },
    specialRequests: { path: 'SpecialRequest', fields: { code: '@code', text: { path: '.', read: maskCardNumbers } } },
  },
} as const satisfies GroupShape;

type Booking = Extracted<typeof BOOKING_SHAPE>;

const KINDS: Readonly<Record<string, ReservationMessage['kind']>> = {
  Book: 'create',
  Modify: 'modify',
  Cancel: 'cancel',
};

/** The bookings as messages; those without an id are left out. */
export function readBookings(bookings: readonly Booking[]): ReservationMessage[] {
  return bookings.flatMap((booking) => {
    const id = textOf(booking.id);
    return id === undefined ? [] : [toMessage(booking, id)];
  });
}

function toMessage(booking: Booking, id: string): ReservationMessage {
  const reader = newValueReader();
  const confirmation = present({ value: id, type: '14', source: textOf(booking.source) });
  const hotelId = textOf(booking.confirmNumber);
  const roomStays = booking.stays.map((stay, index) => toStay(reader, `roomStays[${index}]`, stay));
  const card = present({
    code: textOf(booking.cardCode),
    lastFour: textOf(booking.cardNumber),
    expires: textOf(booking.cardExpires),
  });
  const draft: ReservationDraft = present({
    kind: KINDS[booking.type ?? ''] ?? 'create',
    origin: 'BookingRetrievalRS',
    confirmation,
    ids: hotelId === undefined ? [confirmation] : [confirmation, { value: hotelId, type: '10' }],
    property: present({ hotelCode: textOf(booking.hotelCode) }),
    status: textOf(booking.status),
    arrival: roomStays[0]?.arrival,
    departure: roomStays[0]?.departure,
    roomStays,
    guests: toGuests(booking),
    card: Object.keys(card).length === 0 ? undefined : card,
    specialRequests: booking.specialRequests.map(({ code, text }) =>
      present({ code: textOf(code), text: textOf(text) }),
    ),
    comments: [],
    sourceChannel: textOf(booking.source),
    doubts: reader.doubts,
  });
  return stampMessage(draft, { changedAtMs: timestampOf(reader, 'createdAt', booking.createdAt), sequence: 0 });
}

function toStay(reader: ValueReader, name: string, stay: Booking['stays'][number]): RoomStay {
  const currency = currencyOf(reader, `${name}.currency`, stay.currency);
  return present({
    roomType: textOf(stay.roomType),
    ratePlan: textOf(stay.ratePlan),
    arrival: dayOf(reader, `${name}.arrival`, stay.arrival),
    departure: dayOf(reader, `${name}.departure`, stay.departure),
    guestCounts: guestCounts(reader, name, stay),
    total: present({
      afterTax: amountOf(reader, `${name}.total.afterTax`, stay.afterTax),
      currency: currencyOf(reader, `${name}.total.currency`, stay.totalCurrency),
    }),
    rates: stay.rates.map(({ from, beforeTax }, index) =>
      present({
        from: dayOf(reader, `${name}.rates[${index}].from`, from),
        beforeTax: amountOf(reader, `${name}.rates[${index}].beforeTax`, beforeTax),
        currency,
      }),
    ),
  });
}

function guestCounts(reader: ValueReader, name: string, { adults, children }: Booking['stays'][number]) {
  return [
    { ageCode: '10', count: countOf(reader, `${name}.adults`, adults) ?? 0 },
    { ageCode: '8', count: countOf(reader, `${name}.children`, children) ?? 0 },
  ].filter(({ count }) => count > 0);
}

function toGuests(booking: Booking): Guest[] {
  const names = {
    givenName: textOf(booking.givenName),
    middleName: textOf(booking.middleName),
    surname: textOf(booking.surname),
    email: textOf(booking.email),
  };
  const phone = [
    booking.phoneCountry === undefined ? undefined : `+${booking.phoneCountry}`,
    booking.phoneArea,
    booking.phoneNumber,
  ];
  const phones =
    textOf(booking.phoneNumber) === undefined ? [] : [phone.filter((part) => textOf(part) !== undefined).join(' ')];
  if (Object.values(names).every((value) => value === undefined) && phones.length === 0) return [];
  const loyalty = booking.loyalty.flatMap(({ program, number }) => {
    const known = textOf(number);
    return known === undefined ? [] : [present({ program: textOf(program), number: known })];
  });
  return [present({ isPrimary: true, ...names, phones, loyalty })];
}
