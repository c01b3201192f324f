import { compileExtractor, type XmlFault } from '@lamplighter/xml-extract';
import { BOOKING_SHAPE, readBookings } from './booking-retrieval.ts';
import { type SetAside, setAsideByRoot, setAsideCancel, setAsideStatus } from './classify-message.ts';
import type { OtaDocument, OtaMessage, OtaReservation } from './ota-records.ts';
import { OTA_SHAPE } from './ota-shape.ts';
import type { ReservationMessage } from './reservation-message.ts';
import { toCancelMessage } from './to-cancel-message.ts';
import { toReservationMessage } from './to-reservation-message.ts';

/** What became of a document: its reservations and what was set aside of it, or why it is no XML to read. */
export type ReadOutcome =
  | {
      readonly kind: 'read';
      readonly reservations: readonly ReservationMessage[];
      readonly setAside: readonly SetAside[];
    }
  | { readonly kind: 'rejected'; readonly fault: XmlFault };

const extractOta = compileExtractor({
  ...OTA_SHAPE,
  groups: { ...OTA_SHAPE.groups, bookings: BOOKING_SHAPE },
});

/**
 * Reads a message of a channel: OpenTravel or HTNG, in a SOAP envelope or bare, with any prefixes. What is not a
 * reservation is set aside with the element that says so; what is not well-formed, or beyond the limits, is rejected with
 * its place. Never throws for a message. Card numbers do not leave the extractor.
 */
export function readReservationMessages(input: string | Uint8Array): ReadOutcome {
  const extraction = extractOta(input);
  if (extraction.kind === 'refused') return { kind: 'rejected', fault: extraction.fault };
  const { record: document } = extraction;
  if (document.bookings.length > 0)
    return { kind: 'read', reservations: readBookings(document.bookings), setAside: [] };
  if (document.messages.length === 0)
    return { kind: 'read', reservations: [], setAside: [setAsideByRoot(document.root ?? '', document.body)] };
  const parts = document.messages.flatMap((message) => readMessage(document, message));
  return {
    kind: 'read',
    reservations: parts.filter((part) => 'kind' in part),
    setAside: parts.filter((part): part is SetAside => !('kind' in part)),
  };
}

type Part = ReservationMessage | SetAside;

function readMessage(document: OtaDocument, message: OtaMessage): Part[] {
  if (message.root === 'OTA_CancelRQ') return [readCancel(document, message)];
  if (message.reservations.length === 0) return [setAsideEmpty(message)];
  return message.reservations.map((reservation) => readReservation(document, message, reservation));
}

function readCancel(document: OtaDocument, message: OtaMessage): Part {
  const aside = setAsideCancel({
    root: 'OTA_CancelRQ',
    cancelType: message.cancelType,
    sectors: [message.travelSector, ...message.uniqueIds.map(({ travelSector }) => travelSector)],
    airline: message.sources[0]?.airline,
  });
  return aside ?? toCancelMessage(document, message) ?? noIdentifier('OTA_CancelRQ');
}

function setAsideEmpty({ root = '', otherReservations }: OtaMessage): SetAside {
  const [other] = otherReservations;
  if (other !== undefined)
    return {
      code: 'NOT_A_HOTEL',
      element: `${root}/ReservationsList/${other}`,
      reason: 'It lists reservations of another kind than hotels.',
    };
  if (root.endsWith('RS'))
    return { code: 'ANSWER_ONLY', element: root, reason: 'An answer that holds no reservation.' };
  return { code: 'EMPTY', element: root, reason: 'It holds no HotelReservation.' };
}

function readReservation(document: OtaDocument, message: OtaMessage, reservation: OtaReservation): Part {
  const root = message.root ?? '';
  const element = reservation.element ?? 'HotelReservation';
  const notBinding = setAsideStatus(element, [message.status, reservation.status]);
  if (notBinding !== undefined) return notBinding;
  const read = toReservationMessage(document, message, reservation);
  if (read === undefined) return noIdentifier(element);
  const isEcho =
    root.endsWith('RS') && read.arrival === undefined && read.roomStays.length === 0 && read.kind !== 'cancel';
  return isEcho ? { code: 'ANSWER_ONLY', element: root, reason: 'An answer that only repeats ids.' } : read;
}

const noIdentifier = (element: string): SetAside => ({
  code: 'NO_IDENTIFIER',
  element,
  reason: `The ${element} has neither UniqueID nor HotelReservationID, and its message no EchoToken.`,
});
