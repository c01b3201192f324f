import { readFileSync } from 'node:fs';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ErasureProof } from '../src/guests/erase-guest.ts';
import type { GuestExport } from '../src/guests/export-guest.ts';
import { type DeployedReservation, startReservation } from './deployed-reservation.ts';
import { PLANTED, plantedMessage } from './planted-guest.ts';
import { placesOf, type StoredText, storedEverywhere } from './stored-everywhere.ts';
import { openArchive, vaultOf } from './vault-of.ts';

const COMPANION = { givenName: 'Oberon', surname: 'Saltmarsh', email: 'oberon@companion.example' };
const OTHER = { givenName: 'Perpetua', surname: 'Nightingale', email: 'perpetua@other.example' };
const FIRST = { confirmation: 'PLANT-1', changedAt: '2027-05-20T10:00:00Z', companion: COMPANION } as const;
const WELL_FORMED = [
  plantedMessage(FIRST),
  plantedMessage({ ...FIRST, changedAt: '2027-05-21T10:00:00Z', status: 'Modify', arrival: '2027-08-03' }),
  plantedMessage({ confirmation: 'PLANT-2', changedAt: '2027-05-22T10:00:00Z' }),
  plantedMessage({ confirmation: 'PLANT-2', changedAt: '2027-05-23T10:00:00Z', status: 'Cancel' }),
];
const OF_ANOTHER = Buffer.from(
  plantedMessage({ confirmation: 'OTHER-1', changedAt: '2027-05-22T11:00:00Z', guest: OTHER })
    .toString()
    .replace(PLANTED.phone, '+1 555 0199')
    .replace(PLANTED.loyalty, 'OTHER4455')
    .replace(PLANTED.street, '3 Vinegar Lane')
    .replace(PLANTED.comment, 'Late arrival'),
);
const BAD = [
  WELL_FORMED[0]!.subarray(0, -60),
  Buffer.from(WELL_FORMED[0]!.toString().replaceAll('OTA_HotelResNotifRQ', 'OTA_ProfileReadRQ')),
];
const SECRETS = Object.values(PLANTED).filter((secret) => secret !== PLANTED.expires);

let deployed: DeployedReservation;
let before: StoredText[];
beforeAll(async () => {
  deployed = await startReservation();
  await deployed.put([...WELL_FORMED, OF_ANOTHER, ...BAD].map((data) => ({ partitionKey: 'channel', data })));
  await dropFile(
    'incoming/ota/planted.xml',
    plantedMessage({ confirmation: 'PLANT-3', changedAt: '2027-05-24T10:00:00Z' }),
  );
  await failOnce();
  await deployed.settle();
  await deployed.settle(120_000);
  before = await storedEverywhere(deployed);
}, 400_000);
afterAll(() => deployed?.stop());

const dropFile = (Key: string, Body: Buffer) =>
  deployed.sandbox.client(S3Client).send(new PutObjectCommand({ Bucket: deployed.idOf('LegacyBucket'), Key, Body }));

/** Errors speak: of the database, of the table, of a function that does not survive its batch. */
async function failOnce(): Promise<void> {
  for (const [service, operation] of [
    ['rds-data', 'ExecuteStatement'],
    ['dynamodb', 'PutItem'],
  ] as const)
    deployed.sandbox.faults.inject({
      service,
      operation,
      times: 2,
      effect: { kind: 'error', code: 'ValidationException' },
    });
}

test('all of the guest is stored, sealed, and opens for an export', async () => {
  const { failed, answer } = await deployed.invoke('export-guest', { email: PLANTED.email });
  const { personal, reservations } = answer as GuestExport;

  expect(failed).toBe(false);
  expect(reservations.map(({ confirmation, isCancelled }) => [confirmation, isCancelled]).sort()).toEqual([
    ['PLANT-1', false],
    ['PLANT-2', true],
    ['PLANT-3', false],
  ]);
  const values = new Set(personal.filter(({ confirmation }) => confirmation === 'PLANT-1').map(({ value }) => value));
  for (const secret of [
    PLANTED.givenName,
    PLANTED.surname,
    PLANTED.email,
    PLANTED.phone,
    PLANTED.loyalty,
    PLANTED.street,
  ])
    expect(values).toContain(secret);
  expect(values).toContain('1111');
  expect(JSON.stringify(answer)).not.toContain(PLANTED.card);
  expect(JSON.stringify(answer)).not.toContain(COMPANION.surname);
});

test.each([
  { phone: '0043 660 765 43 21' },
  { loyalty: 'plnt-7788990' },
  { email: ' ZEBULONIA.Quillfeather@planted.example' },
])('is found by %j, as people write it', async (request) => {
  const { answer } = await deployed.invoke('export-guest', request);

  expect((answer as GuestExport).reservations).toHaveLength(3);
});

test('there is something to search in each store', () => {
  const kinds = new Set(before.map(({ place }) => place.split(/[ :]/)[0]));

  expect([...kinds].sort()).toEqual(['aurora', 'dynamodb', 'event', 'log', 's3', 'trace']);
  expect(placesOf('PLANT-1', before).length).toBeGreaterThan(2);
  expect(before.filter(({ place }) => place.includes('rejected/')).map(({ place }) => place.split('/')[4])).toEqual([
    'NOT_A_RESERVATION',
    'UNEXPECTED_END',
  ]);
});

test.each(SECRETS)('%s is found nowhere', (secret) => {
  expect(placesOf(secret, before)).toEqual([]);
});

test('the card is not even in the sealed archive, but for its last four digits', async () => {
  const opened = await openArchive(deployed);

  expect(opened.length).toBeGreaterThanOrEqual(6);
  for (const { text } of opened) expect(text).not.toContain(PLANTED.card);
  expect(opened.some(({ text }) => text?.includes(PLANTED.email))).toBe(true);
  expect(opened.some(({ text }) => text?.includes('************1111'))).toBe(true);
  for (const { text } of opened) expect(text).not.toContain(PLANTED.securityCode);
});

test('after an erasure nothing of the guest decrypts, and others keep what is theirs', async () => {
  const { failed, answer } = await deployed.invoke('erase-guest', { email: PLANTED.email });
  const proof = answer as ErasureProof;

  expect(failed).toBe(false);
  expect(proof.reservations.map(({ confirmation }) => confirmation).sort()).toEqual(['PLANT-1', 'PLANT-2', 'PLANT-3']);
  expect(proof.reservations.every(({ unreadable }) => unreadable > 0)).toBe(true);
  expect(proof.deadLetters).toBe(2);
  const sealed = [...before, ...(await storedEverywhere(deployed))].filter(({ place }) => !place.includes('rejected/'));
  const stillOpen = await vaultOf(deployed).openAll(sealed.map(({ text }) => text));
  for (const secret of SECRETS) expect(stillOpen.opened.filter((text) => text.includes(secret))).toEqual([]);
  expect(stillOpen.opened).toContain(OTHER.email);
  expect(stillOpen.opened).toContain(COMPANION.email);
});

test('the export of an erased guest is empty', async () => {
  for (const request of [{ email: PLANTED.email }, { loyalty: PLANTED.loyalty }, { phone: PLANTED.phone }])
    expect((await deployed.invoke('export-guest', request)).answer).toEqual({ reservations: [], personal: [] });
});

test('messages of before the erasure bring nobody back, also those that were never seen', async () => {
  const late = plantedMessage({ ...FIRST, changedAt: '2027-05-25T10:00:00Z', status: 'Modify' });
  await deployed.put([...WELL_FORMED, late].map((data) => ({ partitionKey: 'again', data })));
  await deployed.settle();
  await deployed.settle();

  expect((await deployed.invoke('export-guest', { email: PLANTED.email })).answer).toEqual({
    reservations: [],
    personal: [],
  });
  const everything = await storedEverywhere(deployed);
  for (const secret of SECRETS) expect(placesOf(secret, everything)).toEqual([]);
});

test('a guest who books again is a guest again, and the past stays gone', async () => {
  const back = plantedMessage({ confirmation: 'PLANT-9', changedAt: '2027-06-02T10:00:00Z' });
  await deployed.put([{ partitionKey: 'back', data: back }]);
  await deployed.settle();
  await deployed.settle();

  const { answer } = await deployed.invoke('export-guest', { email: PLANTED.email });
  expect((answer as GuestExport).reservations.map(({ confirmation }) => confirmation)).toEqual(['PLANT-9']);
});

test('who asks in another form is told the form, and nothing of what they sent', async () => {
  const { failed, answer } = await deployed.invoke('export-guest', { mail: PLANTED.email });

  expect(failed).toBe(true);
  expect(answer).toMatchObject({ errorType: 'REQUEST_INVALID' });
  expect(JSON.stringify(answer)).not.toContain(PLANTED.email);
});

test('the planted card is one that a reader of raw messages would see', () => {
  const fixture = readFileSync(new URL('./fixtures/messages/travelclick-create.xml', import.meta.url), 'utf8');

  expect(fixture).toContain('CardNumber=');
  expect(WELL_FORMED[0]!.toString()).toContain(PLANTED.card);
});
