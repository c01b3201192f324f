import type { ItineraryPage } from '../../domain/api/answer-schemas.ts';
import type { GuestSearch } from '../../domain/api/booking-schemas.ts';
import { summaryOf } from '../../domain/api/itinerary-view.ts';
import { maySee } from '../../domain/auth/caller.ts';
import { identifier } from '../../domain/pii/guest-lookups.ts';
import { problem } from '../../http/api-answer.ts';
import type { OperationHandler } from '../../http/serve-operations.ts';
import type { ItineraryReport, ItineraryStore, LookupHash } from '../../ports.ts';
import { nextCursor, type PagingDeps, startOf } from './paging.ts';

export interface SearchByGuestDeps extends PagingDeps {
  readonly store: ItineraryStore;
  readonly report: ItineraryReport;
  readonly hash: LookupHash;
}

/** A page of a guest's itineraries at the caller's properties. A page may hold fewer than asked for, because others are left out of it. */
export const searchByGuest: OperationHandler<SearchByGuestDeps> = async ({ body }, caller, deps) => {
  const { limit, cursor, ...details } = body as GuestSearch;
  const wanted = wantedOf(details);
  if (wanted === undefined) return problem('malformed-request');
  const lookup = await deps.hash(wanted.kind, wanted.normalised);
  const scope = { callerId: caller.id, list: `guest/${lookup}` };
  const { isForeign, start } = await startOf(cursor, scope, deps);
  if (isForeign) return problem('cursor-invalid');
  const page = await deps.report.byGuest({ lookup, limit, start });
  const visible = page.items.filter(({ property }) => maySee(caller, property));
  const stored = await Promise.all(visible.map(({ confirmation }) => deps.store.get(confirmation)));
  const itineraries = stored
    .flatMap((each) => (each === undefined ? [] : [each.itinerary]))
    // The report may be a moment behind: what counts is the itinerary itself.
    .filter(({ parts }) => maySee(caller, parts.property?.value.hotelCode))
    .map(summaryOf);
  const answer: ItineraryPage = { itineraries, ...(await nextCursor(page.next, scope, deps)) };
  return { kind: 'done', status: 200, body: answer };
};

const wantedOf = ({ email, phone, loyaltyNumber }: Omit<GuestSearch, 'limit' | 'cursor'>) =>
  identifier('email', email) ?? identifier('phone', phone) ?? identifier('loyalty', loyaltyNumber);
