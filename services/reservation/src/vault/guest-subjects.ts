import type { Guest } from '../domain/messages/reservation-message.ts';
import { identifiersOf } from '../domain/pii/guest-lookups.ts';
import type { LookupHash } from '../ports.ts';

/** A guest of a reservation as keys and indexes know it. */
export interface GuestSubject {
  /** `guest:<hash>` of the best identifier; undefined for a guest who has none, whose fields are the reservation's. */
  readonly subject: string | undefined;
  readonly lookups: readonly string[];
}

/**
 * Who a guest is to the keys: e-mail before membership before phone. A name alone tells nobody from their namesake, so it
 * counts within its reservation only.
 */
export async function guestSubject(guest: Guest, confirmation: string, hash: LookupHash): Promise<GuestSubject> {
  const identifiers = identifiersOf(guest);
  const lookups = await Promise.all(identifiers.map(({ kind, normalised }) => hash(kind, normalised)));
  const [best] = identifiers;
  if (best === undefined) return { subject: undefined, lookups };
  const isNameOnly = best.kind === 'name';
  const of = isNameOnly ? await hash('name', `${best.normalised}\n${confirmation}`) : lookups[0]!;
  return { subject: `guest:${of}`, lookups };
}
