import { confirmationSchema } from '../../domain/api/booking-schemas.ts';
import { entityTag, isKnown } from '../../domain/api/entity-tag.ts';
import { viewOf } from '../../domain/api/itinerary-view.ts';
import { maySee } from '../../domain/auth/caller.ts';
import type { Itinerary } from '../../domain/messages/itinerary.ts';
import type { SealedItinerary } from '../../domain/pii/sealed-itinerary.ts';
import { problem } from '../../http/api-answer.ts';
import type { OperationHandler } from '../../http/serve-operations.ts';
import type { ItineraryStore } from '../../ports.ts';

export interface GetItineraryDeps {
  readonly store: ItineraryStore;
  readonly open: (sealed: SealedItinerary) => Promise<Itinerary>;
}

/** An itinerary by its confirmation number, or 304. What is another property's is told apart from what is not there by nothing. */
export const getItinerary: OperationHandler<GetItineraryDeps> = async (
  { path, ifNoneMatch },
  caller,
  { store, open },
) => {
  const confirmation = confirmationSchema.safeParse(path.confirmation);
  const stored = confirmation.success ? await store.get(confirmation.data) : undefined;
  if (stored === undefined || !maySee(caller, stored.itinerary.parts.property?.value.hotelCode))
    return problem('not-found');
  const view = viewOf(await open(stored.itinerary));
  const tag = entityTag(view);
  return isKnown(ifNoneMatch, tag)
    ? { kind: 'done', status: 304, entityTag: tag }
    : { kind: 'done', status: 200, body: view, entityTag: tag };
};
