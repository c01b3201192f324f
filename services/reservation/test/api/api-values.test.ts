import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { itineraryViewSchema } from '../../src/domain/api/answer-schemas.ts';
import { bookingSchema, confirmationSchema, modificationSchema } from '../../src/domain/api/booking-schemas.ts';
import { openCursor, sealCursor } from '../../src/domain/api/cursor.ts';
import { entityTag, isKnown, isUnchanged } from '../../src/domain/api/entity-tag.ts';
import { viewOf } from '../../src/domain/api/itinerary-view.ts';
import { confirmationOf, keyedName } from '../../src/domain/api/keyed-names.ts';
import { openApiDocument } from '../../src/domain/api/openapi.ts';
import { CHANNELS, OPERATIONS, routeKeyOf } from '../../src/domain/api/operations.ts';
import { bookingMessage, cancellationMessage, modificationMessage } from '../../src/domain/api/to-message.ts';
import { applyMessage } from '../../src/domain/messages/apply-message.ts';
import { reservationMessageSchema } from '../../src/domain/messages/reservation-message.ts';
import { type LedgerEntry, mayTry } from '../../src/domain/payment.ts';

const SERVICE = join(import.meta.dirname, '../..');
const CARD = '4111111111111111';
const booking = bookingSchema.parse({
  property: 'P1001',
  arrival: '2027-08-03',
  departure: '2027-08-05',
  roomStays: [{ roomType: 'KNG', adults: 2, children: 1 }],
  guests: [{ surname: 'Verhoeven', email: 'noor@example.com' }],
  specialRequests: ['Charge 4111 1111 1111 1111'],
  payment: { card: { number: CARD, expires: '1228', network: 'VI' }, amount: '411.00', currency: 'USD' },
});
const change = { confirmation: 'L00000000000', property: 'P1001', changedAtMs: 1_000 };

describe('a booking as a message', () => {
  test('is one that the domain knows, without the number of its card', () => {
    const message = bookingMessage(booking, change);

    expect(reservationMessageSchema.parse(message)).toEqual(message);
    expect(message).toMatchObject({
      kind: 'create',
      card: { lastFour: '1111', code: 'VI' },
      guests: [{ isPrimary: true }],
    });
    expect(JSON.stringify(message)).not.toMatch(/4111111111111111|4111 1111/);
  });

  test('becomes an itinerary that a modification changes in what it names, and a cancellation cancels', () => {
    const created = applyMessage(undefined, bookingMessage(booking, change)).itinerary;
    const modification = modificationSchema.parse({ stay: { arrival: '2027-08-04', departure: '2027-08-06' } });
    const modified = applyMessage(
      created,
      modificationMessage(modification, { ...change, changedAtMs: 2_000 }),
    ).itinerary;
    const cancelled = applyMessage(modified, cancellationMessage({ ...change, changedAtMs: 3_000 })).itinerary;
    const views = [created, modified, cancelled].map(viewOf);

    expect(views.map(({ state, arrival }) => [state, arrival])).toEqual([
      ['booked', '2027-08-03'],
      ['booked', '2027-08-04'],
      ['cancelled', '2027-08-04'],
    ]);
    expect(views[1]).toMatchObject({ guests: views[0]!.guests, card: views[0]!.card, roomStays: views[0]!.roomStays });
    for (const view of views) expect(itineraryViewSchema.parse(view)).toEqual(view);
    expect(new Set(views.map(entityTag)).size).toBe(3);
  });

  test('repeated is the same message', () => {
    expect(bookingMessage(booking, change)).toEqual(bookingMessage(booking, change));
  });
});

test.each<[object, string]>([
  [{ arrival: '2027-08-05' }, 'no night'],
  [{ departure: '2028-08-05' }, 'a year'],
  [{ arrival: '2027-02-30' }, 'no day of the calendar'],
  [{ roomStays: [] }, 'no room'],
  [{ guests: [{ surname: ' ' }] }, 'nobody'],
  [{ confirmation: 'MINE' }, 'a member of ours'],
])('a booking with %j is refused: %s', (changes, _) => {
  const { success } = bookingSchema.safeParse({ ...booking, ...changes });

  expect(success).toBe(false);
});

test.each(['L2CXT3XCJ7MV', '90017001', 'HB-7:1.2'])('%s is a confirmation', (text) => {
  expect(confirmationSchema.safeParse(text).success).toBe(true);
});
test.each(['../x', 'a/b', 'a b', '', '.', 'RES#1', 'a\u0000', 'x'.repeat(65)])('%j is no confirmation', (text) => {
  expect(confirmationSchema.safeParse(text).success).toBe(false);
});

describe('entity tags', () => {
  test('match as RFC 9110 has it: weak ones for reading alone, a star for reading alone', () => {
    const tag = '"a"';
    expect([isKnown('*', tag), isKnown('"b", W/"a"', tag), isKnown('"b"', tag), isKnown(undefined, tag)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([
      isUnchanged('"b","a"', tag),
      isUnchanged('W/"a"', tag),
      isUnchanged('*', tag),
      isUnchanged('a', tag),
    ]).toEqual([true, false, false, false]);
  });
});

describe('a cursor', () => {
  const key = new Uint8Array(32).fill(7);
  const nonce = new Uint8Array(12).fill(3);
  const scope = { callerId: 'mobile:alice', list: 'arrivals/P1001/2027-08-03' };

  test('opens for its caller and list within an hour, and shows nothing of its position', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), fc.integer({ min: 0, max: 3_600_000 }), (position, laterMs) => {
        const cursor = sealCursor(position, { key, scope, nowMs: 0, nonce });
        expect(openCursor(cursor, { key, scope, nowMs: laterMs })).toBe(position);
        expect(Buffer.from(cursor, 'base64url').includes(position)).toBe(false);
        expect(openCursor(cursor, { key, scope, nowMs: 3_600_001 })).toBeUndefined();
        expect(openCursor(cursor, { key, scope: { ...scope, callerId: 'mobile:bob' }, nowMs: 0 })).toBeUndefined();
        expect(
          openCursor(cursor, { key, scope: { ...scope, list: 'arrivals/P1002/2027-08-03' }, nowMs: 0 }),
        ).toBeUndefined();
      }),
    );
  });

  test('does not open where any of its bits was changed', () => {
    const bytes = Buffer.from(sealCursor('x'.repeat(20), { key, scope, nowMs: 0, nonce }), 'base64url');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), (bit) => {
        const changed = Buffer.from(bytes);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(openCursor(changed.toString('base64url'), { key, scope, nowMs: 0 })).toBeUndefined();
      }),
    );
  });

  test.each(['', 'AAAA', '💥', 'x'.repeat(2_000)])('%j is none', (text) => {
    expect(openCursor(text, { key, scope, nowMs: 0 })).toBeUndefined();
  });
});

test('confirmations follow from the change, are readable aloud, and differ', () => {
  const made = Array.from({ length: 2_000 }, (_, index) =>
    confirmationOf(keyedName(new Uint8Array(32), String(index))),
  );

  expect(new Set(made).size).toBe(2_000);
  for (const confirmation of made) expect(confirmation).toMatch(/^L[0-9A-HJKMNP-TV-Z]{11}$/);
});

test("a card's day allows attempts until five were declined", () => {
  const entry = { outcome: 'declined' } as LedgerEntry;

  expect([mayTry([]), mayTry(Array(4).fill(entry)), mayTry(Array(5).fill(entry))]).toEqual([true, true, false]);
});

describe('the OpenAPI document', () => {
  const kept = JSON.parse(readFileSync(join(SERVICE, 'openapi/reservation.json'), 'utf8'));

  test('that is kept is the one that the schemas make', () => {
    expect(kept).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });

  test('refers to what it has', () => {
    const references = [...JSON.stringify(kept).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name!,
    );

    expect(references.length).toBeGreaterThan(50);
    for (const name of references) expect(kept.components.schemas).toHaveProperty(name);
  });

  test('and the routes that are deployed are of the same operations', () => {
    const deployed = ['api-read-itineraries', 'api-change-itineraries'].flatMap((name) =>
      [
        ...readFileSync(join(SERVICE, `src/functions/${name}/function.yml`), 'utf8').matchAll(
          /method: (\w+), path: "?([^",\s]+)"?/g,
        ),
      ].map(([, method, path]) => `${method} ${path}`),
    );
    const meant = CHANNELS.flatMap((channel) =>
      Object.values(OPERATIONS).map((operation) => routeKeyOf(channel, operation)),
    );

    expect(deployed.sort()).toEqual(meant.sort());
  });
});
