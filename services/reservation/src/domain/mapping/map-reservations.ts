import type { SetAside } from '../messages/classify-message.ts';
import type { ReadOutcome } from '../messages/read-reservation-messages.ts';
import {
  amountOf,
  countOf,
  currencyOf,
  dayOf,
  newValueReader,
  present,
  timestampOf,
  type ValueReader,
} from '../messages/read-values.ts';
import type {
  Guest,
  Money,
  ReservationDraft,
  ReservationId,
  ReservationMessage,
  RoomStay,
} from '../messages/reservation-message.ts';
import { stampMessage } from '../messages/version-stamp.ts';
import { type CompiledMapping, type CompiledPart, type MappedRecord, recordsOf } from './compile-mapping.ts';

type Values = Readonly<Record<string, string | undefined>>;

/** Reads a message of a legacy source by its mapping, with the same outcomes as messages of channels. Never throws for a message. */
export function mapReservations(mapping: CompiledMapping, input: string | Uint8Array): ReadOutcome {
  const extraction = mapping.extract(input);
  if (extraction.kind === 'refused') return { kind: 'rejected', fault: extraction.fault };
  const { records } = extraction.record;
  const element = mapping.mapping.record;
  if (records.length === 0)
    return {
      kind: 'read',
      reservations: [],
      setAside: [{ code: 'NOT_A_RESERVATION', element, reason: 'The document has no such element.' }],
    };
  const parts = records.map((record) => mapReservation(mapping, record));
  return {
    kind: 'read',
    reservations: parts.filter((part) => 'kind' in part),
    setAside: parts.filter((part): part is SetAside => !('kind' in part)),
  };
}

function mapReservation(compiled: CompiledMapping, record: MappedRecord): ReservationMessage | SetAside {
  const { mapping } = compiled;
  const reader = newValueReader();
  const values = evaluate(compiled.record, record, reader);
  const kind = compiled.kind(record, reader.doubts);
  if (kind !== 'create' && kind !== 'modify' && kind !== 'cancel')
    return { code: 'UNKNOWN_KIND', element: mapping.record, reason: 'Its kind is none of create, modify and cancel.' };
  if (values.confirmation === undefined)
    return { code: 'NO_IDENTIFIER', element: mapping.record, reason: 'It has no confirmation.' };
  const list = (name: string): Values[] => listOf(compiled.record, record, name, reader);
  const confirmation: ReservationId = { value: values.confirmation, type: '14', source: mapping.source };
  const roomStays = mapStays(compiled.record, record, reader);
  const draft: ReservationDraft = present({
    kind,
    origin: `${mapping.source}@${mapping.version}`,
    confirmation,
    ids: [confirmation, ...list('ids').flatMap(toId)],
    property: present({
      hotelCode: values.hotelCode,
      chainCode: values.chainCode,
      brandCode: values.brandCode,
      name: values.hotelName,
    }),
    messageId: values.messageId,
    sentAt: values.sentAt,
    status: values.status,
    arrival: dayOf(reader, 'arrival', values.arrival) ?? roomStays[0]?.arrival,
    departure: dayOf(reader, 'departure', values.departure) ?? roomStays.at(-1)?.departure,
    total: moneyOf(reader, 'total', values),
    roomStays,
    guests: mapGuests(list('guests')),
    card: filled(present({ code: values.cardCode, lastFour: values.cardNumber, expires: values.cardExpires })),
    specialRequests: list('specialRequests')
      .map(({ code, text }) => present({ code, text }))
      .filter(saysAnything),
    comments: list('comments').flatMap(({ text }) => text ?? []),
    sourceChannel: values.sourceChannel ?? mapping.source,
    doubts: reader.doubts,
  });
  return stampMessage(draft, {
    changedAtMs: timestampOf(reader, 'changedAt', values.changedAt) ?? timestampOf(reader, 'sentAt', values.sentAt),
    sequence: countOf(reader, 'sequence', values.sequence),
  });
}

function evaluate(part: CompiledPart, record: MappedRecord, reader: ValueReader): Values {
  return Object.fromEntries([...part.fields].map(([name, value]) => [name, value(record, reader.doubts)]));
}

function listOf(above: CompiledPart, record: MappedRecord, name: string, reader: ValueReader): Values[] {
  const part = above.below.get(name);
  if (part === undefined) return [];
  return recordsOf(record, name, part).map((each) => evaluate(part, each, reader));
}

const toId = ({ value, type, source }: Values): ReservationId[] =>
  value === undefined ? [] : [present({ value, type, source })];

function mapStays(above: CompiledPart, record: MappedRecord, reader: ValueReader): RoomStay[] {
  const part = above.below.get('roomStays');
  if (part === undefined) return [];
  return recordsOf(record, 'roomStays', part).map((each, index) => {
    const name = `roomStays[${index}]`;
    const values = evaluate(part, each, reader);
    return present({
      roomType: values.roomType,
      ratePlan: values.ratePlan,
      units: countOf(reader, `${name}.units`, values.units),
      arrival: dayOf(reader, `${name}.arrival`, values.arrival),
      departure: dayOf(reader, `${name}.departure`, values.departure),
      guestCounts: guestCountsOf(reader, name, values),
      total: moneyOf(reader, `${name}.total`, values),
      rates: listOf(part, each, 'rates', reader).map((rate, night) => toRate(reader, `${name}.rates[${night}]`, rate)),
    });
  });
}

/** Codes of OpenTravel's list AQC: 10 adult, 8 child. */
function guestCountsOf(reader: ValueReader, name: string, { adults, children }: Values): RoomStay['guestCounts'] {
  return [
    { ageCode: '10', count: countOf(reader, `${name}.adults`, adults) ?? 0 },
    { ageCode: '8', count: countOf(reader, `${name}.children`, children) ?? 0 },
  ].filter(({ count }) => count > 0);
}

const toRate = (reader: ValueReader, name: string, rate: Values): RoomStay['rates'][number] =>
  present({
    from: dayOf(reader, `${name}.from`, rate.from),
    until: dayOf(reader, `${name}.until`, rate.until),
    ...moneyOf(reader, name, rate),
  });

const moneyOf = (reader: ValueReader, name: string, { beforeTax, afterTax, currency }: Values): Money | undefined =>
  filled(
    present({
      beforeTax: amountOf(reader, `${name}.beforeTax`, beforeTax),
      afterTax: amountOf(reader, `${name}.afterTax`, afterTax),
      currency: currencyOf(reader, `${name}.currency`, currency),
    }),
  );

const saysAnything = (record: object): boolean => Object.keys(record).length > 0;
const filled = <T extends object>(record: T): T | undefined => (saysAnything(record) ? record : undefined);

const IS_TRUE = /^(1|true|y|yes|primary)$/i;

/** One guest is primary: the one that is marked, else the first. */
function mapGuests(list: readonly Values[]): Guest[] {
  const known = list.filter(({ givenName, surname, email, phone }) => [givenName, surname, email, phone].some(Boolean));
  const primary = Math.max(
    0,
    known.findIndex(({ isPrimary }) => IS_TRUE.test(isPrimary ?? '')),
  );
  return known.map((values, index) => toGuest(values, index === primary));
}

function toGuest(values: Values, isPrimary: boolean): Guest {
  const { addressLine, city, postalCode, state, country, loyaltyProgram, loyaltyNumber } = values;
  const hasAddress = [addressLine, city, postalCode, state, country].some((part) => part !== undefined);
  const lines = addressLine === undefined ? [] : [addressLine];
  return present({
    isPrimary,
    title: values.title,
    givenName: values.givenName,
    middleName: values.middleName,
    surname: values.surname,
    email: values.email,
    phones: values.phone === undefined ? [] : [values.phone],
    address: hasAddress ? present({ lines, city, postalCode, state, country }) : undefined,
    loyalty: loyaltyNumber === undefined ? [] : [present({ program: loyaltyProgram, number: loyaltyNumber })],
  });
}
