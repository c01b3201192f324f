import { applyMessage } from '../../domain/messages/apply-message.ts';
import type { Itinerary } from '../../domain/messages/itinerary.ts';
import type { ReservationMessage } from '../../domain/messages/reservation-message.ts';
import type { SealedItinerary } from '../../domain/pii/sealed-itinerary.ts';
import type { ItineraryReport, ItineraryStore, StoredItinerary } from '../../ports.ts';

export interface StoreChangeDeps {
  readonly store: ItineraryStore;
  readonly report: ItineraryReport;
  readonly open: (sealed: SealedItinerary) => Promise<Itinerary>;
  readonly seal: (
    itinerary: Itinerary,
  ) => Promise<{ readonly sealed: SealedItinerary; readonly lookups: readonly string[] }>;
  readonly now: () => number;
}

/** What a change makes of what is stored: a message, or a word why not. */
export type Decision<Refusal> =
  | { readonly kind: 'apply'; readonly message: ReservationMessage }
  | { readonly kind: 'refuse'; readonly refusal: Refusal };

export type Changed<Refusal> =
  | { readonly kind: 'changed'; readonly itinerary: Itinerary }
  | { readonly kind: 'refuse'; readonly refusal: Refusal };

/** Channels and other callers may change the same itinerary at the same moment; more often than this they do not. */
const ATTEMPTS = 8;

/**
 * Reads an itinerary, decides, and writes where nobody was faster; else reads and decides again. Both stores have the change when it
 * returns; a change that is already there is written to the report once more, because a crash may have come between.
 *
 * @throws Error where somebody else was faster every time
 */
export async function storeChange<Refusal>(
  confirmation: string,
  decide: (current: Itinerary | undefined) => Decision<Refusal>,
  deps: StoreChangeDeps,
): Promise<Changed<Refusal>> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const stored = await deps.store.get(confirmation);
    const current = stored && (await deps.open(stored.itinerary));
    const decision = decide(current);
    if (decision.kind === 'refuse') return decision;
    const written = await write(stored, applyMessage(current, decision.message), deps);
    if (written === 'conflict') continue;
    await deps.report.upsert([written]);
    // What was sealed is what anybody reads from now on: an erasure meanwhile took its part already.
    return { kind: 'changed', itinerary: await deps.open(written.itinerary) };
  }
  throw new Error('An itinerary was changed by others at every attempt.');
}

async function write(
  stored: StoredItinerary | undefined,
  { itinerary, isChanged }: ReturnType<typeof applyMessage>,
  { seal, store, now }: StoreChangeDeps,
): Promise<StoredItinerary | 'conflict'> {
  if (stored !== undefined && !isChanged) return stored;
  const { sealed, lookups } = await seal(itinerary);
  const next: StoredItinerary = {
    itinerary: sealed,
    lookups,
    revision: (stored?.revision ?? 0) + 1,
    updatedAtMs: now(),
  };
  return (await store.put(next)) === 'stored' ? next : 'conflict';
}
