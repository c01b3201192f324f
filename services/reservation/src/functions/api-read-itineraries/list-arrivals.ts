import type * as z from 'zod';
import type { ItineraryPage } from '../../domain/api/answer-schemas.ts';
import type { arrivalsQuerySchema } from '../../domain/api/booking-schemas.ts';
import { summaryOf } from '../../domain/api/itinerary-view.ts';
import { maySee } from '../../domain/auth/caller.ts';
import { problem } from '../../http/api-answer.ts';
import type { OperationHandler } from '../../http/serve-operations.ts';
import type { ItineraryStore } from '../../ports.ts';
import { nextCursor, type PagingDeps, startOf } from './paging.ts';

export interface ListArrivalsDeps extends PagingDeps {
  readonly store: ItineraryStore;
}

/** A page of a property's itineraries by their day of arrival. */
export const listArrivals: OperationHandler<ListArrivalsDeps> = async ({ path, query }, caller, deps) => {
  const { property } = path;
  if (property === undefined || !maySee(caller, property)) return problem('property-not-granted');
  const { arrival, limit, cursor } = query as z.infer<typeof arrivalsQuerySchema>;
  const scope = { callerId: caller.id, list: `arrivals/${property}/${arrival}` };
  const { isForeign, start } = await startOf(cursor, scope, deps);
  if (isForeign) return problem('cursor-invalid');
  const page = await deps.store.byProperty({ property, from: arrival, until: arrival, limit, start });
  const body: ItineraryPage = {
    itineraries: page.items.map(({ itinerary }) => summaryOf(itinerary)),
    ...(await nextCursor(page.next, scope, deps)),
  };
  return { kind: 'done', status: 200, body };
};
