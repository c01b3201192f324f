import type { OtaDocument, OtaMessage } from './ota-records.ts';
import { countOf, dayOf, newValueReader, present, textOf, timestampOf } from './read-values.ts';
import type { Guest, ReservationDraft, ReservationMessage } from './reservation-message.ts';
import { confirmationOf, idDate, toIds } from './to-ids.ts';
import { stampMessage } from './version-stamp.ts';

/** An `OTA_CancelRQ` in the words of the domain; `undefined` where nothing identifies what it cancels. */
export function toCancelMessage(document: OtaDocument, message: OtaMessage): ReservationMessage | undefined {
  const reader = newValueReader();
  const ids = toIds(message.uniqueIds, message.hotelReservationIds);
  const confirmation = confirmationOf(ids);
  if (confirmation === undefined) return undefined;
  const [source] = message.sources;
  const draft: ReservationDraft = present({
    kind: 'cancel' as const,
    origin: message.root ?? 'unknown',
    confirmation,
    ids,
    property: verifiedProperty(document, message),
    messageId: textOf(document.messageId),
    echoToken: textOf(message.echoToken),
    sentAt: textOf(message.sentAt),
    status: textOf(message.cancelType),
    arrival: dayOf(reader, 'arrival', message.start),
    departure: dayOf(reader, 'departure', message.end),
    roomStays: [],
    guests: verifiedGuests(message),
    specialRequests: [],
    comments: [],
    sourceChannel: textOf(source?.channelName) ?? textOf(source?.channel) ?? textOf(source?.requestor),
    doubts: reader.doubts,
  });
  return stampMessage(draft, {
    changedAtMs: timestampOf(reader, 'sentAt', message.sentAt) ?? idDate(reader, message.hotelReservationIds),
    sequence: countOf(reader, 'sequence', message.sequence),
  });
}

function verifiedProperty({ headerHotelCode }: OtaDocument, message: OtaMessage): ReservationMessage['property'] {
  const vendor = (context: string) => {
    const found = message.vendors.find((each) => each.context === context);
    return textOf(found?.text) ?? textOf(found?.code);
  };
  return present({
    hotelCode: vendor('HotelCode') ?? textOf(message.hotelCode) ?? textOf(headerHotelCode),
    chainCode: vendor('ChainCode'),
    brandCode: vendor('BrandCode'),
  });
}

function verifiedGuests({ givenName, surname, email, phone }: OtaMessage): Guest[] {
  const known = [givenName, surname, email, phone].map(textOf);
  if (known.every((value) => value === undefined)) return [];
  return [
    present({
      isPrimary: true,
      givenName: known[0],
      surname: known[1],
      email: known[2],
      phones: known[3] === undefined ? [] : [known[3]],
      loyalty: [],
    }),
  ];
}
