import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { applyMessage } from '../../src/domain/messages/apply-message.ts';
import { type Itinerary, itinerarySchema } from '../../src/domain/messages/itinerary.ts';
import type { ReservationDraft, ReservationMessage } from '../../src/domain/messages/reservation-message.ts';
import { stampMessage } from '../../src/domain/messages/version-stamp.ts';

const DRAFT: ReservationDraft = {
  kind: 'create',
  origin: 'OTA_HotelResNotifRQ',
  confirmation: { value: 'R1', type: '14' },
  ids: [{ value: 'R1', type: '14' }],
  property: {},
  roomStays: [],
  guests: [],
  specialRequests: [],
  comments: [],
  doubts: [],
};

/** Few times and sequences, so that ties are frequent. */
const messages = fc
  .record({
    kind: fc.constantFrom('create' as const, 'modify' as const, 'cancel' as const),
    status: fc.constantFrom('Commit', 'Reserved', 'Cancelled'),
    id: fc.constantFrom('R1', 'P1', 'P2'),
    hotelCode: fc.option(fc.constantFrom('H1', 'H2'), { nil: undefined }),
    arrival: fc.option(fc.constantFrom('2027-01-01', '2027-01-02'), { nil: undefined }),
    surname: fc.option(fc.constantFrom('Lund', 'Berg'), { nil: undefined }),
    comments: fc.array(fc.constantFrom('late', 'early'), { maxLength: 2 }),
    changedAtMs: fc.integer({ min: 0, max: 3 }),
    sequence: fc.integer({ min: 0, max: 1 }),
  })
  .map((each): ReservationMessage => {
    const draft: ReservationDraft = {
      ...DRAFT,
      kind: each.kind,
      status: each.status,
      ids: [...DRAFT.ids, { value: each.id, type: '10' }],
      property: each.hotelCode === undefined ? {} : { hotelCode: each.hotelCode },
      ...(each.arrival === undefined ? {} : { arrival: each.arrival }),
      guests: each.surname === undefined ? [] : [{ isPrimary: true, surname: each.surname, phones: [], loyalty: [] }],
      comments: each.comments,
    };
    return stampMessage(draft, each);
  });

const applyAll = (history: readonly ReservationMessage[]): Itinerary | undefined =>
  history.reduce<Itinerary | undefined>((itinerary, message) => applyMessage(itinerary, message).itinerary, undefined);

test('any order and any repetition of a history ends in the same itinerary', () => {
  const histories = fc
    .array(messages, { minLength: 1, maxLength: 8 })
    .chain((history) =>
      fc.tuple(
        fc.constant(history),
        fc.shuffledSubarray([...history, ...history, ...history], { minLength: 0 }),
        fc.shuffledSubarray(history, { minLength: history.length, maxLength: history.length }),
      ),
    );

  fc.assert(
    fc.property(histories, ([history, repeated, shuffled]) => {
      expect(applyAll([...repeated, ...shuffled])).toEqual(applyAll(history));
    }),
    { numRuns: 2_000 },
  );
});

test('a message that was applied before changes nothing, whatever came in between', () => {
  fc.assert(
    fc.property(fc.array(messages, { minLength: 1, maxLength: 8 }), fc.nat(), (history, pick) => {
      const itinerary = applyAll(history);

      const again = applyMessage(itinerary, history[pick % history.length]!);

      expect(again).toEqual({ itinerary, isChanged: false });
      expect(again.itinerary).toBe(itinerary);
    }),
  );
});

test('itineraries are of their schema', () => {
  fc.assert(
    fc.property(fc.array(messages, { minLength: 1, maxLength: 6 }), (history) => {
      expect(itinerarySchema.parse(applyAll(history))).toEqual(applyAll(history));
    }),
  );
});

const at = (changedAtMs: number, change: Partial<ReservationDraft>): ReservationMessage =>
  stampMessage({ ...DRAFT, ...change }, { changedAtMs, sequence: 0 });

test('a cancellation that comes before what it cancels stands, and what it cancels fills in the rest', () => {
  const cancel = at(20, { kind: 'cancel', status: 'Cancelled' });
  const create = at(10, { arrival: '2027-01-01', status: 'Commit' });

  const { parts } = applyAll([cancel, create])!;

  expect(parts.state?.value).toEqual({ isCancelled: true, status: 'Cancelled' });
  expect(parts.stay?.value).toEqual({ arrival: '2027-01-01' });
});

test('a partial modification keeps what it does not name', () => {
  const create = at(10, { arrival: '2027-01-01', comments: ['late'] });
  const modify = at(20, { kind: 'modify', arrival: '2027-01-02' });

  const { parts } = applyAll([modify, create])!;

  expect(parts.stay?.value).toEqual({ arrival: '2027-01-02' });
  expect(parts.comments?.value).toEqual(['late']);
});

test('a message of another reservation is refused', () => {
  const itinerary = applyAll([at(1, {})]);

  expect(() => applyMessage(itinerary, at(2, { confirmation: { value: 'R2' } }))).toThrow(RangeError);
});
