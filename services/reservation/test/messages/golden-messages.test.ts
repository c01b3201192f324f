import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readReservationMessages } from '../../src/domain/messages/read-reservation-messages.ts';
import { reservationMessageSchema } from '../../src/domain/messages/reservation-message.ts';

const FOLDER = new URL('../fixtures/messages/', import.meta.url);
const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.xml'))
  .map((file) => file.slice(0, -'.xml'.length));

const CARD_NUMBERS = [
  '4111111111111111',
  '5555555555554444',
  '4012888888881881',
  '378282246310005',
  '371449635398431',
  '4222222222222',
];

const messageOf = (name: string): Buffer => readFileSync(new URL(`${name}.xml`, FOLDER));

/** The expected outcome, checked by eye. `WRITE_GOLDEN=1` writes it anew, to be read again in the diff. */
function goldenOf(name: string, outcome: unknown): unknown {
  const file = new URL(`${name}.json`, FOLDER);
  if (process.env.WRITE_GOLDEN === '1') writeFileSync(file, `${JSON.stringify(outcome, null, 2)}\n`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

test.each(NAMES)('%s is read as its golden file says', (name) => {
  const outcome = readReservationMessages(messageOf(name));

  expect(outcome).toEqual(goldenOf(name, outcome));
});

test.each(NAMES)('%s yields messages of the schema, without a card number', (name) => {
  const outcome = readReservationMessages(messageOf(name));

  for (const message of outcome.kind === 'read' ? outcome.reservations : [])
    expect(reservationMessageSchema.parse(message)).toEqual(message);
  const text = JSON.stringify(outcome).replace(/[ -]/g, '');
  for (const card of CARD_NUMBERS) expect(text).not.toContain(card);
});

test('the fixtures hold the card numbers that are looked for', () => {
  const all = NAMES.map((name) => messageOf(name).toString().replace(/[ -]/g, '')).join();

  for (const card of CARD_NUMBERS) expect(all).toContain(card);
});
