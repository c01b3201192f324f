import { isDeepStrictEqual } from 'node:util';
import type { Itinerary, ItineraryParts } from './itinerary.ts';
import { present } from './read-values.ts';
import type { MessageVersion, ReservationId, ReservationMessage } from './reservation-message.ts';
import { compareVersions } from './version-stamp.ts';

export interface Application {
  readonly itinerary: Itinerary;
  /** False for a repetition, and for an older message that adds nothing: nothing needs to be stored. */
  readonly isChanged: boolean;
}

type PartName = keyof ItineraryParts;
type PartValues = { [K in PartName]?: NonNullable<ItineraryParts[K]>['value'] };

/**
 * An itinerary after one more message, or the first. Each part is a last-writer-wins register over the total order of
 * versions and the ids are a growing set, so the outcome depends on which messages came and neither on their order nor
 * on how often they came.
 *
 * @throws RangeError for a message of another reservation
 */
export function applyMessage(itinerary: Itinerary | undefined, message: ReservationMessage): Application {
  if (itinerary !== undefined && itinerary.confirmation !== message.confirmation.value)
    throw new RangeError('The message is of another reservation than the itinerary.');
  const before = itinerary ?? emptyItinerary(message);
  const after: Itinerary = {
    confirmation: before.confirmation,
    ids: mergeIds(before.ids, message.ids),
    version: newest(before.version, message.version),
    parts: mergeParts(before.parts, valuesOf(message), message.version),
  };
  const isChanged = itinerary === undefined || !isDeepStrictEqual(after, before);
  return { itinerary: isChanged ? after : before, isChanged };
}

const emptyItinerary = ({ confirmation, version }: ReservationMessage): Itinerary => ({
  confirmation: confirmation.value,
  ids: [],
  version,
  parts: {},
});

const newest = (one: MessageVersion, other: MessageVersion): MessageVersion =>
  compareVersions(one, other) >= 0 ? one : other;

function mergeIds(known: readonly ReservationId[], more: readonly ReservationId[]): ReservationId[] {
  const byKey = new Map([...known, ...more].map((id) => [keyOf(id), id]));
  return [...byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, id]) => id);
}

const keyOf = ({ value, type = '', source = '' }: ReservationId): string => JSON.stringify([value, type, source]);

/** What a message says: empty lists say nothing. A cancellation says nothing of the stay but that it is off. */
function valuesOf(message: ReservationMessage): PartValues {
  const isCancelled = message.kind === 'cancel';
  const state = present({ isCancelled, status: message.status });
  const property = Object.keys(message.property).length > 0 ? message.property : undefined;
  if (isCancelled) return present({ state, property });
  const stay = present({ arrival: message.arrival, departure: message.departure });
  return present({
    state,
    property,
    stay: Object.keys(stay).length > 0 ? stay : undefined,
    total: message.total,
    roomStays: filled(message.roomStays),
    guests: filled(message.guests),
    card: message.card,
    specialRequests: filled(message.specialRequests),
    comments: filled(message.comments),
    sourceChannel: message.sourceChannel,
  });
}

const filled = <T>(list: T[]): T[] | undefined => (list.length > 0 ? list : undefined);

const PART_NAMES: readonly PartName[] = [
  'state',
  'property',
  'stay',
  'total',
  'roomStays',
  'guests',
  'card',
  'specialRequests',
  'comments',
  'sourceChannel',
];

/** In one order of names always, so that equal itineraries are equal as text. */
function mergeParts(known: ItineraryParts, values: PartValues, version: MessageVersion): ItineraryParts {
  const parts: Record<string, unknown> = {};
  for (const name of PART_NAMES) {
    const before = known[name];
    const value = values[name];
    const isNewer = value !== undefined && (before === undefined || compareVersions(version, before.version) > 0);
    const part = isNewer ? { value, version } : before;
    if (part !== undefined) parts[name] = part;
  }
  return parts as ItineraryParts;
}
