import { lastFourDigits, maskCardNumbers } from '../messages/mask-card-numbers.ts';
import {
  amountOf,
  countOf,
  currencyOf,
  dayOf,
  present,
  timestampOf,
  type ValueReader,
} from '../messages/read-values.ts';
import type { Guest, Money, ReservationDraft, ReservationMessage, RoomStay } from '../messages/reservation-message.ts';
import { stampMessage } from '../messages/version-stamp.ts';
import type { HistoryField, HistoryFormat } from './history-format.ts';
import type { RowValues } from './read-row.ts';
import { type RejectionCode, RowRejected } from './rejection.ts';

const LONGEST_VALUE = 2_000;
const LONGEST_KEY = 100;

type ReadValue<T> = (reader: ValueReader, name: string, text: string | undefined) => T | undefined;

/**
 * A row of history as the message that it would have been, so that history and live messages meet under one order of
 * versions. A warehouse is asked for more than a channel: what a field cannot be makes the row be rejected.
 *
 * @throws RowRejected with the field that is wrong
 */
export function toHistoryMessage(values: RowValues, format: HistoryFormat): ReservationMessage {
  assertLengths(values);
  const value = required(values, 'confirmation');
  const kind = format.kinds[required(values, 'status')];
  if (kind === undefined) throw new RowRejected('UNKNOWN_STATUS', 'status');
  const arrival = strict(dayOf, 'NOT_A_DAY', values, 'arrival') ?? missing('arrival');
  const departure = strict(dayOf, 'NOT_A_DAY', values, 'departure') ?? missing('departure');
  if (departure < arrival) throw new RowRejected('DEPARTURE_BEFORE_ARRIVAL', 'departure');
  const total = moneyOf(values);
  const confirmation = { value, type: '14', source: format.format };
  const draft: ReservationDraft = present({
    kind,
    origin: `${format.format}@${format.version}`,
    confirmation,
    ids: [confirmation],
    property: present({ hotelCode: required(values, 'hotelCode'), chainCode: values.chainCode }),
    status: values.status,
    arrival,
    departure,
    total,
    roomStays: [roomStayOf(values, { arrival, departure, total })],
    guests: guestsOf(values),
    card: cardOf(values),
    specialRequests: [],
    comments: values.comments === undefined ? [] : [maskCardNumbers(values.comments)],
    sourceChannel: values.sourceChannel,
    doubts: [],
  });
  return stampMessage(draft, {
    changedAtMs: strict(timestampOf, 'NOT_A_TIME', values, 'changedAt') ?? missing('changedAt'),
    sequence: strict(countOf, 'NOT_A_NUMBER', values, 'sequence'),
  });
}

function assertLengths(values: RowValues): void {
  for (const [field, text] of Object.entries(values)) {
    const most = field === 'confirmation' || field === 'hotelCode' ? LONGEST_KEY : LONGEST_VALUE;
    if (text.length > most) throw new RowRejected('VALUE_TOO_LONG', field);
  }
}

function required(values: RowValues, field: HistoryField): string {
  return values[field] ?? missing(field);
}

function missing(field: HistoryField): never {
  throw new RowRejected('MISSING_VALUE', field);
}

/** A value, or none where the row has none; one that is not of its kind is a doubt to a channel and a rejection here. */
function strict<T>(read: ReadValue<T>, code: RejectionCode, values: RowValues, field: HistoryField): T | undefined {
  const reader = { doubts: [] };
  const value = read(reader, field, values[field]);
  if (reader.doubts.length > 0) throw new RowRejected(code, field);
  return value;
}

function moneyOf(values: RowValues): Money | undefined {
  const money = present({
    beforeTax: strict(amountOf, 'NOT_AN_AMOUNT', values, 'beforeTax'),
    afterTax: strict(amountOf, 'NOT_AN_AMOUNT', values, 'afterTax'),
    currency: strict(currencyOf, 'NOT_A_CURRENCY', values, 'currency'),
  });
  return Object.keys(money).length > 0 ? money : undefined;
}

/** Codes of OpenTravel's list AQC: 10 adult, 8 child. */
function roomStayOf(values: RowValues, known: Pick<RoomStay, 'arrival' | 'departure' | 'total'>): RoomStay {
  const counts = [
    { ageCode: '10', count: strict(countOf, 'NOT_A_NUMBER', values, 'adults') ?? 0 },
    { ageCode: '8', count: strict(countOf, 'NOT_A_NUMBER', values, 'children') ?? 0 },
  ];
  return present({
    roomType: values.roomType,
    ratePlan: values.ratePlan,
    units: strict(countOf, 'NOT_A_NUMBER', values, 'rooms'),
    ...known,
    guestCounts: counts.filter(({ count }) => count > 0),
    rates: [],
  });
}

function guestsOf({ title, givenName, surname, email, phone, country, loyaltyNumber }: RowValues): Guest[] {
  if ([givenName, surname, email, phone, loyaltyNumber].every((part) => part === undefined)) return [];
  const guest = present({
    isPrimary: true,
    title,
    givenName,
    surname,
    email,
    phones: phone === undefined ? [] : [phone],
    address: country === undefined ? undefined : { lines: [], country },
    loyalty: loyaltyNumber === undefined ? [] : [{ number: loyaltyNumber }],
  });
  return [guest];
}

function cardOf({ cardCode, cardNumber }: RowValues): ReservationMessage['card'] {
  const lastFour = lastFourDigits(cardNumber ?? '');
  const card = present({ code: cardCode, lastFour: lastFour === '' ? undefined : lastFour });
  return Object.keys(card).length > 0 ? card : undefined;
}
