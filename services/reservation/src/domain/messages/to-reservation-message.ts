import { kindOf } from './classify-message.ts';
import type { OtaDocument, OtaMessage, OtaReservation } from './ota-records.ts';
import { countOf, dayOf, newValueReader, present, textOf, timestampOf, type ValueReader } from './read-values.ts';
import type { ReservationDraft, ReservationId, ReservationMessage, RoomStay } from './reservation-message.ts';
import { toGuests } from './to-guests.ts';
import { confirmationOf, idDate, toIds } from './to-ids.ts';
import { toMoney, toRoomStays } from './to-room-stays.ts';
import { digestOf, stampMessage } from './version-stamp.ts';

/** One reservation of an OpenTravel message in the words of the domain; `undefined` where nothing identifies it. */
export function toReservationMessage(
  document: OtaDocument,
  message: OtaMessage,
  reservation: OtaReservation,
): ReservationMessage | undefined {
  const reader = newValueReader();
  const ids = idsOf(message, reservation);
  const confirmation = confirmationOf(ids);
  if (confirmation === undefined) return undefined;
  const stays = toRoomStays(reader, reservation.roomStays);
  const draft: ReservationDraft = present({
    kind: kindOf({
      root: message.root ?? '',
      rootStatus: message.status,
      status: reservation.status,
      idTypes: reservation.uniqueIds.map(({ type }) => type),
    }),
    origin: message.root ?? 'unknown',
    confirmation,
    ids,
    property: propertyOf(document, message, reservation),
    messageId: textOf(document.messageId),
    echoToken: textOf(message.echoToken),
    sentAt: textOf(message.sentAt),
    status: textOf(reservation.status) ?? textOf(message.status),
    arrival: firstDay(stays) ?? dayOf(reader, 'arrival', reservation.start ?? message.start),
    departure: lastDay(stays) ?? dayOf(reader, 'departure', reservation.end ?? message.end),
    total: toMoney(reader, 'total', reservation),
    roomStays: stays,
    guests: toGuests(reservation.guests, reservation.memberships),
    card: cardOf(reservation),
    specialRequests: requestsOf(reservation),
    comments: commentsOf(reservation),
    sourceChannel: channelOf(message, reservation),
    doubts: reader.doubts,
  });
  const order = orderOf(reader, message, reservation);
  return stampMessage(draft, order);
}

/**
 * A booking request has no id of its own yet: the request's token is what answers and repetitions refer to. Without a
 * token, a digest of a request with room stays stands for it, so that its repetitions are one reservation.
 */
function idsOf(message: OtaMessage, reservation: OtaReservation): ReservationId[] {
  const own = toIds(reservation.uniqueIds, reservation.hotelReservationIds);
  const ids = own.length > 0 ? own : toIds(message.uniqueIds, []);
  const token = textOf(message.echoToken);
  if (ids.length > 0) return ids;
  if (token !== undefined) return [{ value: token, type: 'EchoToken' }];
  return reservation.roomStays.length === 0 ? [] : [{ value: digestOf(JSON.stringify(reservation)), type: 'Digest' }];
}

export function propertyOf(
  document: OtaDocument,
  message: OtaMessage,
  reservation: OtaReservation,
): ReservationMessage['property'] {
  const places = [...reservation.roomStays, reservation];
  const first = (name: 'chainCode' | 'brandCode' | 'hotelName') =>
    places.map((place) => textOf(place[name])).find((value) => value !== undefined);
  const codes = [...places.map(({ hotelCode }) => hotelCode), message.hotelCode, document.headerHotelCode];
  return present({
    hotelCode: codes.map(textOf).find((code) => code !== undefined),
    chainCode: first('chainCode'),
    brandCode: first('brandCode'),
    name: first('hotelName'),
  });
}

const firstDay = (stays: readonly RoomStay[]): string | undefined =>
  stays.flatMap(({ arrival }) => arrival ?? []).sort()[0];

const lastDay = (stays: readonly RoomStay[]): string | undefined =>
  stays
    .flatMap(({ departure }) => departure ?? [])
    .sort()
    .at(-1);

/** The first card that says anything; a number is its last four digits already. */
function cardOf({ cards }: OtaReservation): ReservationMessage['card'] {
  const known = cards.map(({ code, number, expires }) =>
    present({ code: textOf(code), lastFour: textOf(number), expires: textOf(expires) }),
  );
  return known.find((card) => Object.keys(card).length > 0);
}

function requestsOf({ specialRequests }: OtaReservation): ReservationMessage['specialRequests'] {
  return specialRequests
    .map(({ code, text }) => present({ code: textOf(code), text: textOf(text) }))
    .filter((request) => Object.keys(request).length > 0);
}

const commentsOf = ({ comments }: OtaReservation): string[] =>
  comments.flatMap(({ own, texts }) => [own, ...texts].flatMap((text) => textOf(text) ?? []));

function channelOf({ sources }: OtaMessage, { creator }: OtaReservation): string | undefined {
  const channels = sources.flatMap(({ channelName, channel }) => textOf(channelName) ?? textOf(channel) ?? []);
  const requestors = sources.flatMap(({ requestor }) => textOf(requestor) ?? []);
  return channels[0] ?? requestors[0] ?? textOf(creator);
}

/** The time of the last change where the message has one that is not before the creation, else when it was sent or created. */
function orderOf(reader: ValueReader, message: OtaMessage, reservation: OtaReservation) {
  const createdAt = timestampOf(reader, 'createdAt', reservation.createdAt);
  const modifiedAt = timestampOf(reader, 'modifiedAt', reservation.modifiedAt);
  const sentAt = timestampOf(reader, 'sentAt', message.sentAt);
  const isPlausible = modifiedAt !== undefined && modifiedAt >= (createdAt ?? 0);
  return {
    changedAtMs: isPlausible ? modifiedAt : (sentAt ?? createdAt ?? idDate(reader, reservation.hotelReservationIds)),
    sequence: countOf(reader, 'sequence', message.sequence),
  };
}
