import { hkdfSync } from 'node:crypto';
import type { ReservationMessage } from '../domain/messages/reservation-message.ts';
import { reservationSubject } from '../domain/pii/sealed-itinerary.ts';
import type { SubjectKey, SubjectKeys } from '../ports.ts';
import { guestSubject } from './guest-subjects.ts';
import { keyForMessageOf } from './key-for-message.ts';
import { keyIdOf, readKeyId } from './key-id.ts';
import type { VaultDeps } from './seal-itinerary.ts';

const KEY_BYTES = 32;
const INFO = 'reservation archive';

export interface ArchiveKey {
  readonly key: Uint8Array;
  /** Ids of all keys that it is made of, sorted, separated by spaces. */
  readonly keyId: string;
}

/**
 * The key that seals a raw message: derived (HKDF, RFC 5869) from the keys of every reservation and guest that the message
 * is about, so that the erasure of any one of them makes it unreadable. Undefined where one was erased after it was written.
 */
export async function archiveKeyFor(
  reservations: readonly ReservationMessage[],
  deps: VaultDeps,
): Promise<ArchiveKey | undefined> {
  const subjects = new Map<string, number>();
  for (const { confirmation, guests, version } of reservations) {
    const ofGuests = await Promise.all(guests.map((guest) => guestSubject(guest, confirmation.value, deps.hash)));
    for (const subject of [reservationSubject(confirmation.value), ...ofGuests.map((guest) => guest.subject)])
      if (subject !== undefined) subjects.set(subject, Math.max(version.changedAtMs, subjects.get(subject) ?? 0));
  }
  const asked = [...subjects].sort(([one], [other]) => (one < other ? -1 : 1));
  return combined(await Promise.all(asked.map(([subject, atMs]) => keyForMessageOf(subject, atMs, deps.keys))));
}

/** The key that an archived message names; undefined where any of its parts is gone. */
export async function archiveKeyOf(keyId: string, keys: SubjectKeys): Promise<ArchiveKey | undefined> {
  const parts = await Promise.all(
    keyId.split(' ').map(async (id) => {
      const { subject, generation } = readKeyId(decodeURIComponent(id));
      const key = await keys.find(subject);
      return key?.generation === generation ? key : undefined;
    }),
  );
  return parts.every((part) => part !== undefined) ? combined(parts) : undefined;
}

function combined(parts: readonly SubjectKey[]): ArchiveKey | undefined {
  const active = parts.filter((part) => part.kind === 'active');
  if (active.length < parts.length || active.length === 0) return undefined;
  const keyId = active.map((part) => encodeURIComponent(keyIdOf(part))).join(' ');
  const material = Buffer.concat(active.map(({ key }) => key));
  return { keyId, key: new Uint8Array(hkdfSync('sha256', material, '', INFO, KEY_BYTES)) };
}
