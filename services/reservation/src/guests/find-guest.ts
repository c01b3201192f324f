import type { Itinerary } from '../domain/messages/itinerary.ts';
import { identifier } from '../domain/pii/guest-lookups.ts';
import type { ItineraryReport, ItineraryStore, StoredItinerary } from '../ports.ts';
import { guestSubject } from '../vault/guest-subjects.ts';
import { openItinerary } from '../vault/open-itinerary.ts';
import type { VaultDeps } from '../vault/seal-itinerary.ts';
import { type GuestRequest, requestedIdentifiers } from './guest-request.ts';

export interface FindGuestDeps extends VaultDeps {
  readonly store: ItineraryStore;
  readonly report: ItineraryReport;
}

/** A reservation of the guest who was asked about. */
export interface GuestReservation {
  readonly stored: StoredItinerary;
  readonly itinerary: Itinerary;
  /** Which of its guests they are, by position; none where an erasure has taken the identifiers already. */
  readonly positions: readonly number[];
  /** Their subjects. */
  readonly subjects: readonly string[];
}

export interface FoundGuest {
  /** Lookup hashes that the request stands for. */
  readonly lookups: readonly string[];
  readonly reservations: readonly GuestReservation[];
}

const PAGE = 500;

/** All reservations of a guest, opened. */
export async function findGuest(request: GuestRequest, deps: FindGuestDeps): Promise<FoundGuest> {
  const identifiers = requestedIdentifiers(request);
  const lookups = await Promise.all(identifiers.map(({ kind, normalised }) => deps.hash(kind, normalised)));
  const found = new Set<string>();
  for (const lookup of lookups)
    for (const confirmation of await confirmationsOf(lookup, deps.report)) found.add(confirmation);
  const reservations = await Promise.all([...found].map((confirmation) => open(confirmation, lookups, deps)));
  const named = await namedIn(request, deps);
  return { lookups, reservations: [...reservations, named].filter((one) => one !== undefined) };
}

async function confirmationsOf(lookup: string, report: ItineraryReport): Promise<string[]> {
  const confirmations: string[] = [];
  let start: string | undefined;
  do {
    const page = await report.byGuest({ lookup, limit: PAGE, start });
    confirmations.push(...page.items.map(({ confirmation }) => confirmation));
    start = page.next;
  } while (start !== undefined);
  return confirmations;
}

async function namedIn({ inReservation }: GuestRequest, deps: FindGuestDeps): Promise<GuestReservation | undefined> {
  const name = identifier('name', inReservation?.name);
  if (inReservation === undefined || name === undefined) return undefined;
  return open(inReservation.confirmation, [await deps.hash('name', name.normalised)], deps);
}

async function open(
  confirmation: string,
  lookups: readonly string[],
  deps: FindGuestDeps,
): Promise<GuestReservation | undefined> {
  const stored = await deps.store.get(confirmation);
  if (stored === undefined) return undefined;
  const { itinerary } = await openItinerary(stored.itinerary, deps);
  const guests = itinerary.parts.guests?.value ?? [];
  const known = await Promise.all(guests.map((guest) => guestSubject(guest, confirmation, deps.hash)));
  const positions = known.flatMap((guest, at) => (guest.lookups.some((one) => lookups.includes(one)) ? [at] : []));
  return { stored, itinerary, positions, subjects: positions.flatMap((at) => known[at]!.subject ?? []) };
}
