import type { Itinerary } from '../domain/messages/itinerary.ts';
import type { MessageVersion } from '../domain/messages/reservation-message.ts';
import { type PersonalValue, personalValues, withoutHoles } from '../domain/pii/personal-fields.ts';
import {
  ITINERARY_FIELDS,
  isOfGuest,
  placeOf,
  reservationSubject,
  type SealedItinerary,
} from '../domain/pii/sealed-itinerary.ts';
import type { Cipher, LookupHash, SubjectKey, SubjectKeys } from '../ports.ts';
import { guestSubject } from './guest-subjects.ts';
import { keyForMessageOf } from './key-for-message.ts';
import { keyIdOf } from './key-id.ts';

export interface VaultDeps {
  readonly keys: SubjectKeys;
  readonly cipher: Cipher;
  readonly hash: LookupHash;
}

/**
 * Seals each personal field with the key of whom it is about: a guest's with the guest's, all others with the reservation's.
 * What an erasure took stays away: a field is dropped where its subject was erased after the field's message was written.
 */
export async function sealItinerary(
  itinerary: Itinerary,
  deps: VaultDeps,
): Promise<{ readonly sealed: SealedItinerary; readonly lookups: readonly string[] }> {
  const { confirmation } = itinerary;
  const document = structuredClone(itinerary) as SealedItinerary;
  const guests = await Promise.all(
    (itinerary.parts.guests?.value ?? []).map((guest) => guestSubject(guest, confirmation, deps.hash)),
  );
  const keyOf = keysOnce(deps.keys);
  const gone = new Set<string>();
  await Promise.all(
    personalValues(document, ITINERARY_FIELDS).map(async (value) => {
      const own = isOfGuest(value.field) ? guests[value.positions[0]!]?.subject : undefined;
      const subject = own ?? reservationSubject(confirmation);
      const key = await keyOf(subject, versionOf(itinerary, value).changedAtMs);
      if (key.kind === 'erased') gone.add(subject);
      value.replace(key.kind === 'erased' ? undefined : await seal(value, key, confirmation, deps.cipher));
    }),
  );
  const lookups = guests.filter(({ subject }) => subject === undefined || !gone.has(subject));
  return { sealed: withoutHoles(document), lookups: [...new Set(lookups.flatMap((guest) => guest.lookups))].sort() };
}

const seal = (
  { text, field }: PersonalValue,
  key: Extract<SubjectKey, { kind: 'active' }>,
  confirmation: string,
  cipher: Cipher,
): Promise<string> => cipher.seal(text, { key: key.key, keyId: keyIdOf(key), place: placeOf(confirmation, field) });

/** The version of the part that a value is in. */
const versionOf = ({ parts, version }: Itinerary, { field }: PersonalValue): MessageVersion =>
  parts[field.path[1] as keyof typeof parts]?.version ?? version;

/** Asks for each key once, whatever the number of fields; of several times the earliest that was asked first counts for all of a subject. */
function keysOnce(keys: SubjectKeys) {
  const asked = new Map<string, Promise<SubjectKey>>();
  return (subject: string, changedAtMs: number): Promise<SubjectKey> => {
    const name = `${subject} ${changedAtMs}`;
    const known = asked.get(name) ?? keyForMessageOf(subject, changedAtMs, keys);
    asked.set(name, known);
    return known;
  };
}
