import { gunzipSync } from 'node:zlib';
import type { Itinerary } from '../domain/messages/itinerary.ts';
import type { Cipher, SubjectKeys } from '../ports.ts';
import { readKeyId } from '../vault/key-id.ts';
import type { FoundGuest } from './find-guest.ts';
import type { GuestRequest } from './guest-request.ts';
import { mentions, type Written } from './mentions.ts';

/** The dead letters that are kept. */
export interface DeadLetterBox {
  list(): AsyncIterable<{ readonly key: string; readonly digest: string; readonly sealed: string }>;
  remove(key: string): Promise<void>;
}

export interface ForgetDeps {
  readonly box: DeadLetterBox;
  readonly keys: SubjectKeys;
  readonly cipher: Cipher;
}

/**
 * Deletes the dead letters that mention a guest. They are sealed with the key of their day, since nobody could read whose
 * they are; so an erasure reads each of them, few as they are. Resolves with their number.
 */
export async function forgetDeadLetters(
  people: readonly Written[],
  { box, keys, cipher }: ForgetDeps,
): Promise<number> {
  const isMentionedIn = mentions(people);
  let forgotten = 0;
  for await (const { key, digest, sealed } of box.list()) {
    const day = await keys.find(readKeyId(cipher.keyIdOf(sealed) ?? '').subject);
    if (day?.kind !== 'active') continue;
    const raw = gunzipSync(await cipher.open(sealed, { key: day.key, place: `dead-letter/${digest}` }));
    // XML of property systems may be in Latin-1, in which e-mails and numbers look the same.
    if (!isMentionedIn(raw.toString('utf8')) && !isMentionedIn(raw.toString('latin1'))) continue;
    await box.remove(key);
    forgotten += 1;
  }
  return forgotten;
}

/** All ways in which the guest of a request was written, as the request and their reservations have it. */
export function waysOfWriting({ email, phone, loyalty, inReservation }: GuestRequest, found: FoundGuest): Written[] {
  const asked = [written('email', email), written('phone', phone), written('loyalty', loyalty)];
  const named = written('name', inReservation?.name);
  const stored = found.reservations.flatMap(({ itinerary, positions }) => writtenIn(itinerary, positions));
  return [...asked, named, ...stored].filter((one) => one !== undefined);
}

function writtenIn({ parts }: Itinerary, positions: readonly number[]): (Written | undefined)[] {
  const guests = (parts.guests?.value ?? []).filter((_, at) => positions.includes(at));
  return guests.flatMap(({ email, phones, loyalty, surname, givenName }) => [
    written('email', email),
    ...phones.map((phone) => written('phone', phone)),
    ...loyalty.map(({ number }) => written('loyalty', number)),
    surname === undefined || givenName === undefined ? undefined : written('name', `${givenName} ${surname}`),
  ]);
}

const written = (kind: Written['kind'], text: string | undefined): Written | undefined =>
  text === undefined ? undefined : { kind, text };
