import { applyMessage } from '../domain/messages/apply-message.ts';
import type { Itinerary } from '../domain/messages/itinerary.ts';
import type { ReservationMessage } from '../domain/messages/reservation-message.ts';
import type { ItineraryStore, StoredItinerary } from '../ports.ts';
import { ServiceError } from '../runtime/service-error.ts';
import { openItinerary } from '../vault/open-itinerary.ts';
import { sealItinerary, type VaultDeps } from '../vault/seal-itinerary.ts';

export interface StoreDeps extends VaultDeps {
  readonly store: ItineraryStore;
  readonly now: () => number;
}

/** Writers of one reservation at the same time are few; after so many lost races something else is wrong. */
const ATTEMPTS = 12;

/**
 * Applies messages of one reservation, in any order, to its itinerary, and writes it where it changed and nobody else did
 * meanwhile; else begins again with what they wrote. Resolves with what the store holds then.
 *
 * @throws ServiceError `CONTENDED` after twelve lost races
 */
export async function storeMessages(
  messages: readonly [ReservationMessage, ...ReservationMessage[]],
  deps: StoreDeps,
): Promise<{ readonly stored: StoredItinerary; readonly isChanged: boolean }> {
  const confirmation = messages[0].confirmation.value;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const known = await deps.store.get(confirmation);
    const before = known && (await openItinerary(known.itinerary, deps)).itinerary;
    const { itinerary, isChanged } = applyAll(before, messages);
    if (known !== undefined && !isChanged) return { stored: known, isChanged: false };
    const { sealed, lookups } = await sealItinerary(itinerary, deps);
    const revision = (known?.revision ?? 0) + 1;
    const stored = { itinerary: sealed, revision, lookups, updatedAtMs: deps.now() };
    if ((await deps.store.put(stored)) === 'stored') return { stored, isChanged: true };
  }
  throw new ServiceError('CONTENDED', `An itinerary changed under ${ATTEMPTS} writes in a row.`);
}

function applyAll(
  before: Itinerary | undefined,
  [first, ...others]: readonly [ReservationMessage, ...ReservationMessage[]],
): { readonly itinerary: Itinerary; readonly isChanged: boolean } {
  let applied = applyMessage(before, first);
  for (const message of others) {
    const next = applyMessage(applied.itinerary, message);
    applied = { itinerary: next.itinerary, isChanged: applied.isChanged || next.isChanged };
  }
  return applied;
}
