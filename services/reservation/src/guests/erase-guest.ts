import { personalValues } from '../domain/pii/personal-fields.ts';
import { ITINERARY_FIELDS, reservationSubject } from '../domain/pii/sealed-itinerary.ts';
import type { StoredItinerary } from '../ports.ts';
import { ServiceError } from '../runtime/service-error.ts';
import { openItinerary } from '../vault/open-itinerary.ts';
import { sealItinerary } from '../vault/seal-itinerary.ts';
import { type FindGuestDeps, type FoundGuest, findGuest } from './find-guest.ts';
import { type DeadLetterBox, forgetDeadLetters, waysOfWriting } from './forget-dead-letters.ts';
import { readGuestRequest } from './guest-request.ts';

/** What proves an erasure, and says nothing of whom. */
export interface ErasureProof {
  /** ISO 8601. */
  readonly erasedAt: string;
  /** Subjects whose keys are gone: hashes and confirmations. */
  readonly keys: readonly { readonly subject: string; readonly generation: number; readonly erasedAt: string }[];
  readonly reservations: readonly {
    readonly confirmation: string;
    readonly revision: number;
    /** Fields that were sealed with an erased key, and that no key opens any more. */
    readonly unreadable: number;
    /** Personal fields of others that still open. */
    readonly readable: number;
  }[];
  /** Messages that were put aside and mentioned the guest: deleted. */
  readonly deadLetters: number;
}

export interface EraseGuestDeps extends FindGuestDeps {
  readonly box: DeadLetterBox;
  readonly now: () => number;
  readonly record: (proof: ErasureProof) => Promise<void>;
}

const ATTEMPTS = 12;

/**
 * Erases one guest: deletes their keys, and those of their reservations, which makes every copy noise (archive, backups,
 * old revisions); then takes the noise out of the itineraries, and deletes the dead letters that mention them. Asked again it goes on where it was broken off. Messages
 * that were written before bring nothing back.
 */
export async function eraseGuest(event: unknown, deps: EraseGuestDeps): Promise<ErasureProof> {
  const request = readGuestRequest(event);
  const found = await findGuest(request, deps);
  const deadLetters = await forgetDeadLetters(waysOfWriting(request, found), deps);
  const erasedAtMs = deps.now();
  const keys: ErasureProof['keys'][number][] = [];
  for (const subject of subjectsOf(found)) {
    const erased = await deps.keys.erase(subject, erasedAtMs);
    if (erased !== undefined)
      keys.push({ subject, generation: erased.generation, erasedAt: new Date(erased.erasedAtMs).toISOString() });
  }
  const reservations: ErasureProof['reservations'][number][] = [];
  for (const { stored } of found.reservations) reservations.push(await rewrite(stored.itinerary.confirmation, deps));
  const proof = { erasedAt: new Date(erasedAtMs).toISOString(), keys, reservations, deadLetters };
  await deps.record(proof);
  return proof;
}

/** Also the subjects that the identifiers stand for by themselves: the archive may know them where no itinerary does. */
function subjectsOf({ lookups, reservations }: FoundGuest): Set<string> {
  const ofReservations = reservations.flatMap(({ subjects, itinerary }) => [
    ...subjects,
    reservationSubject(itinerary.confirmation),
  ]);
  return new Set([...lookups.map((lookup) => `guest:${lookup}`), ...ofReservations]);
}

/** An itinerary without what no key opens, in both stores. */
async function rewrite(confirmation: string, deps: EraseGuestDeps): Promise<ErasureProof['reservations'][number]> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const stored = (await deps.store.get(confirmation))!;
    const { itinerary, erased } = await openItinerary(stored.itinerary, deps);
    const { sealed, lookups } = await sealItinerary(itinerary, deps);
    const next: StoredItinerary = {
      itinerary: sealed,
      lookups,
      revision: stored.revision + 1,
      updatedAtMs: deps.now(),
    };
    if ((await deps.store.put(next)) === 'conflict') continue;
    await deps.report.upsert([next]);
    const readable = personalValues(sealed, ITINERARY_FIELDS).length;
    return { confirmation, revision: next.revision, unreadable: erased, readable };
  }
  throw new ServiceError('CONTENDED', `An itinerary changed under ${ATTEMPTS} writes in a row.`);
}
