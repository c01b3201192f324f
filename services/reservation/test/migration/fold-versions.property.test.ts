import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { applyMessage } from '../../src/domain/messages/apply-message.ts';
import type { Itinerary } from '../../src/domain/messages/itinerary.ts';
import type { ReservationMessage } from '../../src/domain/messages/reservation-message.ts';
import { stampMessage } from '../../src/domain/messages/version-stamp.ts';
import { foldVersions, type HistoryRow } from '../../src/domain/migration/fold-versions.ts';
import { mergeStored } from '../../src/domain/migration/merge-stored.ts';
import { shardOf } from '../../src/domain/migration/shard-of.ts';
import type { SealedItinerary } from '../../src/domain/pii/sealed-itinerary.ts';
import type { StoredItinerary } from '../../src/ports.ts';

/** Few reservations, times and prices, so that versions meet, tie and repeat. */
const message: fc.Arbitrary<ReservationMessage> = fc
  .record({
    number: fc.integer({ min: 0, max: 3 }),
    changedAtMs: fc.integer({ min: 0, max: 3 }),
    kind: fc.constantFrom('create', 'modify', 'cancel'),
    afterTax: fc.constantFrom('10.10', '20.20', undefined),
    comment: fc.constantFrom('late', undefined),
  })
  .map(({ number, changedAtMs, kind, afterTax, comment }) => {
    const confirmation = { value: `W${number}`, type: '14', source: 'test' };
    const draft = {
      kind,
      origin: 'test@1',
      confirmation,
      ids: [confirmation],
      property: { hotelCode: 'H1' },
      ...(afterTax === undefined ? {} : { total: { afterTax, currency: 'USD' } }),
      roomStays: [],
      guests: [],
      specialRequests: [],
      comments: comment === undefined ? [] : [comment],
      doubts: [],
    };
    return stampMessage(draft, { changedAtMs, sequence: undefined });
  });
const rows: fc.Arbitrary<HistoryRow[]> = fc.array(fc.record({ file: fc.integer({ min: 0, max: 2 }), message }), {
  maxLength: 30,
});

test('each row has one fate, and order changes nothing', () => {
  fc.assert(
    fc.property(
      rows.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const { fates, ...folded } = foldVersions(all);

        expect(fates.loaded + fates.superseded + fates.duplicates).toBe(all.length);
        expect(fates.loaded).toBe(new Set(all.map((row) => row.message.confirmation.value)).size);
        expect(foldVersions(shuffled)).toEqual({ fates, ...folded });
      },
    ),
  );
});

test('itineraries are what the live path would have made of the same messages', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const expected = new Map<string, Itinerary>();
      for (const { message: each } of all)
        expected.set(each.confirmation.value, applyMessage(expected.get(each.confirmation.value), each).itinerary);

      expect(new Map(foldVersions(all).itineraries.map((one) => [one.confirmation, one]))).toEqual(expected);
    }),
  );
});

const stored = (messages: readonly ReservationMessage[], revision: number): StoredItinerary => {
  const itinerary = messages.reduce<Itinerary | undefined>(
    (before, each) => applyMessage(before, each).itinerary,
    undefined,
  );
  return { itinerary: itinerary as SealedItinerary, revision, lookups: [], updatedAtMs: revision };
};

test('a live itinerary and a migrated one are joined as if all their messages had come one way', () => {
  const ofOne = fc.array(
    message.filter(({ confirmation }) => confirmation.value === 'W0'),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(ofOne, ofOne, (ofLive, ofHistory) => {
      const [live, migrated] = [stored(ofLive, 4), stored(ofHistory, 1)];
      const merged = mergeStored(live, migrated) ?? migrated;

      expect(merged.itinerary).toEqual(stored([...ofLive, ...ofHistory], 1).itinerary);
      expect(mergeStored(live, merged)).toBeUndefined();
      expect(merged === migrated || merged.revision === 5).toBe(true);
    }),
  );
});

test('shards are even over numbers that follow each other', () => {
  const counts = new Array<number>(16).fill(0);
  for (let number = 0; number < 16_000; number += 1) counts[shardOf(`W${String(number).padStart(9, '0')}`, 16)]! += 1;

  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(Math.max(...counts)).toBeLessThan(1_150);
});
