import type { StoredItinerary } from '../../ports.ts';
import type { Itinerary } from '../messages/itinerary.ts';
import { compareVersions } from '../messages/version-stamp.ts';
import type { SealedItinerary } from '../pii/sealed-itinerary.ts';

type Part = { readonly value: unknown; readonly version: Itinerary['version'] };

/**
 * The join of a live itinerary and one from history: of each part the newer, sealed as it is, so that nobody's key is needed.
 * Undefined where the migrated one says all already. Commutative but for the revision, idempotent; as `applyMessage` would
 * have had it from the same messages.
 *
 * @throws RangeError for two reservations
 */
export function mergeStored(live: StoredItinerary, migrated: StoredItinerary): StoredItinerary | undefined {
  const [one, other] = [live.itinerary, migrated.itinerary];
  if (one.confirmation !== other.confirmation) throw new RangeError('Two reservations cannot be one.');
  const parts = mergeParts(one.parts, other.parts);
  const isVersionOfLive = compareVersions(one.version, other.version) > 0;
  const ids = mergeIds(one.ids, other.ids);
  const isUnchanged =
    Object.values(parts).every(({ isOfLive }) => !isOfLive) && !isVersionOfLive && ids.length === other.ids.length;
  if (isUnchanged) return undefined;
  const itinerary = {
    confirmation: one.confirmation,
    ids,
    version: isVersionOfLive ? one.version : other.version,
    parts: Object.fromEntries(Object.entries(parts).map(([name, { part }]) => [name, part])),
  } as unknown as SealedItinerary;
  return {
    itinerary,
    revision: Math.max(live.revision, migrated.revision) + 1,
    lookups: parts.guests?.isOfLive ? live.lookups : migrated.lookups,
    updatedAtMs: Math.max(live.updatedAtMs, migrated.updatedAtMs),
  };
}

function mergeParts(
  live: object,
  migrated: object,
): Record<string, { readonly part: Part; readonly isOfLive: boolean }> {
  const [one, other] = [live, migrated] as [Record<string, Part | undefined>, Record<string, Part | undefined>];
  const names = new Set([...Object.keys(other), ...Object.keys(one)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const [ofLive, ofHistory] = [one[name], other[name]];
      const isOfLive =
        ofHistory === undefined || (ofLive !== undefined && compareVersions(ofLive.version, ofHistory.version) > 0);
      return [name, { part: (isOfLive ? ofLive : ofHistory)!, isOfLive }];
    }),
  );
}

function mergeIds(one: Itinerary['ids'], other: Itinerary['ids']): Itinerary['ids'] {
  const byKey = new Map(
    [...one, ...other].map((id) => [JSON.stringify([id.value, id.type ?? '', id.source ?? '']), id]),
  );
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, id]) => id);
}
