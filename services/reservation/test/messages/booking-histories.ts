import { plantedMessage } from '../planted-guest.ts';

const STATUSES = ['Commit', 'Modify', 'Modify', 'Cancel'] as const;
const MINUTE_MS = 60_000;
const FIRST_MS = Date.UTC(2027, 4, 20);

/** Numbers from 0 up to 1, the same for the same seed (Lehmer, Park and Miller 1988). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/**
 * Histories of bookings, one message each: created, modified, some cancelled; shuffled within reach of each other, some sent
 * twice. No two reservations share a guest.
 */
export function bookingHistories(count: number, random: () => number): Buffer[] {
  const messages: Buffer[] = [];
  for (let booking = 0; messages.length < count; booking += 1) {
    const length = 1 + Math.floor(random() * STATUSES.length);
    for (let step = 0; step < length && messages.length < count; step += 1)
      messages.push(messageOf(booking, step, random));
  }
  const reach = 40;
  return messages
    .map((message, at) => ({ message, at: at + random() * reach }))
    .sort((one, other) => one.at - other.at)
    .map(({ message }) => message);
}

function messageOf(booking: number, step: number, random: () => number): Buffer {
  const day = 1 + Math.floor(random() * 28);
  return plantedMessage({
    confirmation: `B-${booking}`,
    changedAt: new Date(FIRST_MS + step * MINUTE_MS).toISOString(),
    status: STATUSES[step]!,
    guest: { givenName: 'Guest', surname: `Number${booking}`, email: `guest-${booking}@load.example` },
    arrival: `2027-09-${String(day).padStart(2, '0')}`,
    property: `H-${booking % 50}`,
  });
}
