import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyMessage } from '../../src/domain/messages/apply-message.ts';
import type { Itinerary } from '../../src/domain/messages/itinerary.ts';
import { readReservationMessages } from '../../src/domain/messages/read-reservation-messages.ts';
import type { IncomingMessage } from '../../src/ingest/incoming-message.ts';
import { ingestMessages } from '../../src/ingest/ingest-messages.ts';
import { openItinerary } from '../../src/vault/open-itinerary.ts';
import { type Mischief, memoryPorts } from '../memory-ports.ts';
import { plantedMessage } from '../planted-guest.ts';
import { bookingHistories, seeded } from './booking-histories.ts';

const MESSAGES = [...bookingHistories(14, seeded(5)), Buffer.from('<no')];
const incoming = (bytes: Uint8Array): IncomingMessage => ({ bytes, receivedAtMs: Date.UTC(2027, 5, 1), origin: {} });

const EXPECTED = new Map<string, Itinerary>();
for (const message of MESSAGES) {
  const reading = readReservationMessages(message);
  for (const reservation of reading.kind === 'read' ? reading.reservations : [])
    EXPECTED.set(
      reservation.confirmation.value,
      applyMessage(EXPECTED.get(reservation.confirmation.value), reservation).itinerary,
    );
}

/** Delivers until everything is done, as a stream does; calls fail as the fates say, until those are used up. */
async function deliver(batches: readonly (readonly Uint8Array[])[], fates: readonly number[]) {
  const left = [...fates];
  const mischief: Mischief = () => (['fine', 'fails', 'answer lost'] as const)[left.pop() ?? 0]!;
  const ports = memoryPorts(mischief);
  for (const batch of batches) {
    let waiting = batch;
    while (waiting.length > 0) {
      const outcomes = await ingestMessages(waiting.map(incoming), ports.deps);
      waiting = waiting.filter((_, index) => outcomes[index]!.kind === 'retry');
    }
  }
  return ports;
}

test('whatever fails, comes twice or in another order: nothing is lost and nothing doubled', async () => {
  const histories = fc
    .array(fc.constantFrom(...MESSAGES), { maxLength: 20 })
    .chain((again) => fc.shuffledSubarray([...MESSAGES, ...again], { minLength: MESSAGES.length + again.length }));
  const fates = fc.array(fc.constantFrom(0, 0, 0, 1, 2), { maxLength: 120 });
  await fc.assert(
    fc.asyncProperty(histories, fates, fc.integer({ min: 1, max: 8 }), async (messages, fated, size) => {
      const batches = Array.from({ length: Math.ceil(messages.length / size) }, (_, at) =>
        messages.slice(at * size, (at + 1) * size),
      );

      const { deps, itineraries, rows, archived, letters } = await deliver(batches, fated);

      expect([...itineraries.keys()].sort()).toEqual([...EXPECTED.keys()].sort());
      for (const [confirmation, stored] of itineraries) {
        expect((await openItinerary(stored.itinerary, deps)).itinerary).toEqual(EXPECTED.get(confirmation));
        expect(rows.get(confirmation)?.revision).toBe(stored.revision);
      }
      expect(archived.size).toBe(MESSAGES.length - 1);
      expect(letters.size).toBe(1);
    }),
    { numRuns: 40 },
  );
});

test('a row that the database refuses is told once, and its neighbours are reported', async () => {
  const ports = memoryPorts();
  ports.refused.add('BAD');
  const messages = ['BAD', 'GOOD', 'FINE'].map((confirmation) =>
    plantedMessage({ confirmation, changedAt: '2027-05-20T10:00:00Z' }),
  );

  const outcomes = await ingestMessages(messages.map(incoming), ports.deps);

  expect(outcomes.map((outcome) => outcome.kind === 'stored' && outcome.code)).toEqual([
    'NOT_REPORTED',
    undefined,
    undefined,
  ]);
  expect([...ports.rows.keys()].sort()).toEqual(['FINE', 'GOOD']);
  expect([...ports.letters.values()].map(({ code, reason }) => [code, reason])).toEqual([
    ['NOT_REPORTED', 'The database refused a value of the reservation (SQLSTATE 22008); the itinerary is stored.'],
  ]);
});
