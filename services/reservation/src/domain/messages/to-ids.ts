import type { OtaMessage } from './ota-records.ts';
import { present, textOf, timestampOf, type ValueReader } from './read-values.ts';
import type { ReservationId } from './reservation-message.ts';

const RESERVATION = '14';
/** OpenTravel 2001B writes words where later versions have codes. */
const OLD_TYPES: Readonly<Record<string, string>> = { Reservation: '14', Cancellation: '15' };

/** The ids of a reservation, `UniqueID` first, each once. */
export function toIds(
  uniqueIds: OtaMessage['uniqueIds'],
  hotelReservationIds: OtaMessage['hotelReservationIds'],
): ReservationId[] {
  const all = [
    ...uniqueIds.map(({ value, type, source, company }) => toId(value, type, source ?? company)),
    ...hotelReservationIds.map(({ value, type, source, context }) => toId(value, type, textOf(source) ?? context)),
  ].filter((id) => id !== undefined);
  return all.filter((id, index) => all.findIndex((other) => isSameId(id, other)) === index);
}

const isSameId = (one: ReservationId, other: ReservationId): boolean =>
  one.value === other.value && one.type === other.type && one.source === other.source;

function toId(
  value: string | undefined,
  type: string | undefined,
  source: string | undefined,
): ReservationId | undefined {
  const known = textOf(value);
  const code = textOf(type);
  return known === undefined
    ? undefined
    : present({
        value: known,
        type: code === undefined ? undefined : (OLD_TYPES[code] ?? code),
        source: textOf(source),
      });
}

/**
 * The id that an itinerary is known by: the first of type 14 (reservation), else the first. A cancellation id of its own
 * (type 15) names the cancelled reservation where there is no other.
 */
export const confirmationOf = (ids: readonly ReservationId[]): ReservationId | undefined =>
  ids.find(({ type }) => type === RESERVATION) ?? ids[0];

/** When the first id that says so was given: the only time of some messages. */
export function idDate(reader: ValueReader, ids: OtaMessage['hotelReservationIds']): number | undefined {
  return timestampOf(
    reader,
    'ids.date',
    ids.map(({ date }) => textOf(date)).find((date) => date !== undefined),
  );
}
