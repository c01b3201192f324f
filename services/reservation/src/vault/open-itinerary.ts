import { type Itinerary, itinerarySchema } from '../domain/messages/itinerary.ts';
import { personalValues, withoutHoles } from '../domain/pii/personal-fields.ts';
import { ITINERARY_FIELDS, placeOf, type SealedItinerary } from '../domain/pii/sealed-itinerary.ts';
import type { Cipher, SubjectKey, SubjectKeys } from '../ports.ts';
import { readKeyId } from './key-id.ts';

/**
 * An itinerary in plain. Fields whose key was erased are absent; `erased` counts them.
 *
 * @throws whatever the cipher throws for a field that was tampered with or moved
 */
export async function openItinerary(
  sealed: SealedItinerary,
  deps: { readonly keys: SubjectKeys; readonly cipher: Cipher },
): Promise<{ readonly itinerary: Itinerary; readonly erased: number }> {
  const document = structuredClone(sealed) as Itinerary;
  const keyOf = foundOnce(deps.keys);
  let erased = 0;
  await Promise.all(
    personalValues(document, ITINERARY_FIELDS).map(async (value) => {
      const keyId = deps.cipher.keyIdOf(value.text);
      const key = keyId === undefined ? undefined : await keyOf(keyId);
      if (key === undefined) erased += 1;
      value.replace(
        key && text(await deps.cipher.open(value.text, { key, place: placeOf(sealed.confirmation, value.field) })),
      );
    }),
  );
  return { itinerary: itinerarySchema.parse(withoutLostMemberships(withoutHoles(document))), erased };
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** A membership is its number: without it nothing is left. */
function withoutLostMemberships(itinerary: Itinerary): Itinerary {
  for (const guest of itinerary.parts.guests?.value ?? [])
    guest.loyalty = guest.loyalty.filter(({ number }) => number !== undefined);
  return itinerary;
}

function foundOnce(keys: SubjectKeys) {
  const found = new Map<string, Promise<SubjectKey | undefined>>();
  return async (keyId: string): Promise<Uint8Array | undefined> => {
    const { subject, generation } = readKeyId(keyId);
    const known = found.get(subject) ?? keys.find(subject);
    found.set(subject, known);
    const key = await known;
    return key?.kind === 'active' && key.generation === generation ? key.key : undefined;
  };
}
