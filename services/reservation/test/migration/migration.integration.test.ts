import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { seededRandom } from '@lamplighter/sandbox';
import { grantedStatements } from '@lamplighter/sandbox/least-privilege';
import { auroraItineraryReport } from '../../src/adapters/aurora-itinerary-report.ts';
import { dynamoDbItineraryStore } from '../../src/adapters/dynamodb-itinerary-store.ts';
import { jweCipher } from '../../src/adapters/jwe-cipher.ts';
import { keyedLookupHash } from '../../src/adapters/lookup-hash.ts';
import { applyMessage } from '../../src/domain/messages/apply-message.ts';
import type { ReservationMessage } from '../../src/domain/messages/reservation-message.ts';
import { stampMessage } from '../../src/domain/messages/version-stamp.ts';
import { DecimalSum } from '../../src/domain/migration/decimal-sums.ts';
import { historyFormatSchema } from '../../src/domain/migration/history-format.ts';
import { toHistoryMessage } from '../../src/domain/migration/to-history-message.ts';
import { readKeyId } from '../../src/vault/key-id.ts';
import { sealItinerary } from '../../src/vault/seal-itinerary.ts';
import { type DeployedReservation, startReservation } from '../deployed-reservation.ts';
import { vaultOf } from '../vault-of.ts';
import { generateHistory } from './generate-history.ts';
import { type Columns, rowTexts } from './history-rows.ts';
import { migrationRehearsal } from './migration-rehearsal.ts';
import { differences, type Rehearsal, rehearse } from './rehearse.ts';

const FORMAT = historyFormatSchema.parse(
  JSON.parse(readFileSync(new URL('../../samples/history/warehouse-csv.format.json', import.meta.url), 'utf8')),
);
const RESERVATIONS = 1_500;
const HISTORY = generateHistory({ seed: 11, reservations: RESERVATIONS, files: 8, format: FORMAT, brokenShare: 0.05 });
const ORDER = {
  migrationId: 'test',
  source: 'history/test/',
  table: 'reservation-dev-itineraries-test',
  shards: 6,
  concurrency: 1,
  loadConcurrency: 1,
  filesPerBatch: 1,
};
const OPENED = 40;
const ROLES = [
  'MigrateControlRole',
  'MigrateSplitRole',
  'MigrateSealRole',
  'MigrateLoadRole',
  'MigrateMergeRole',
  'MigrationMachineRole',
];
/** What AWS calls and the sandbox does not, and how an import is found whose token ran out after eight hours. */
const CALLED_BY_AWS = [
  'MigrateControlRole.FindImports',
  'MigrateControlRole.LogImports',
  'MigrationMachineRole.WatchChildren',
];
/** What the live service knows of a reservation of the history: a comment, later than all else, and nothing of its guest. */
const LIVE_CHANGE_MS = Date.UTC(2026, 5, 1);

let deployed: DeployedReservation;
let rehearsal: Rehearsal;
let truth: { readonly newest: Map<string, Columns> };

beforeAll(async () => {
  deployed = await startReservation();
  const changed = HISTORY.truth.newest.get('W000000003')!;
  const own = {
    ...rowTexts(0, RESERVATIONS, seededRandom(1)),
    confirmation: 'LIVE1',
    changedAt: '2026-07-01T00:00:00.000Z',
  };
  await writeLive(laterComment(changed));
  await writeLive(toHistoryMessage(present(own), FORMAT));
  rehearsal = await rehearse(deployed, HISTORY, FORMAT, ORDER);
  const ofLive = { ...changed, changedAt: new Date(LIVE_CHANGE_MS).toISOString(), status: 'CHANGED' };
  truth = { newest: new Map([...HISTORY.truth.newest, [ofLive.confirmation, ofLive], [own.confirmation, own]]) };
}, 600_000);
afterAll(() => deployed?.stop());

test('it is killed twice in the middle of its work, and ends the third time', () => {
  const [[files, shards] = [0, 0], [, shardsLater] = [0, 0]] = rehearsal.killedAt;

  expect(files).toBeGreaterThan(0);
  expect(files).toBeLessThan(8);
  expect(shards).toBe(0);
  expect(shardsLater).toBeGreaterThan(0);
  expect(shardsLater).toBeLessThan(ORDER.shards);
  expect(rehearsal.status).toBe('SUCCEEDED');
});

test('its report is balanced, and says what the history truly has', () => {
  const { newest, rows, superseded, duplicates, rejected } = HISTORY.truth;
  const sum = new DecimalSum();
  for (const { currency, afterTax } of newest.values()) sum.add(currency!, afterTax);

  expect(rehearsal.report).toMatchObject({
    isBalanced: true,
    isControlled: true,
    discrepancies: [],
    total: {
      files: 8,
      counted: rows,
      reasons: rejected,
      loaded: RESERVATIONS,
      superseded,
      duplicates,
      inTable: RESERVATIONS,
      inDatabase: RESERVATIONS,
      live: 2,
      amounts: { loaded: sum.sums() },
    },
  });
  expect(
    Object.fromEntries(
      rehearsal.report.files.map(({ key, rows: counted }) => [key.slice(ORDER.source.length), counted]),
    ),
  ).toEqual(HISTORY.truth.control);
});

test('both stores have each reservation once, in its newest version, and guests open with their keys', async () => {
  expect(await differences(deployed, { ...HISTORY.truth, ...truth }, rehearsal, OPENED)).toEqual([]);
});

test('a live reservation has what either knew, in both stores under one revision', () => {
  const item = rehearsal.items.find(({ itinerary }) => itinerary.confirmation === 'W000000003');
  const row = rehearsal.rows.find(({ confirmation }) => confirmation === 'W000000003');

  expect(item?.itinerary.parts).toMatchObject({
    comments: { version: { changedAtMs: LIVE_CHANGE_MS } },
    guests: { value: [{ isPrimary: true }] },
  });
  expect([item?.revision, row?.revision]).toEqual([2, 2]);
  expect(item?.lookups.length).toBeGreaterThan(1);
});

test('an erased guest is gone from what was migrated', async () => {
  const { keys, open } = vaultOf(deployed);
  const sealed = rehearsal.items.find(({ itinerary }) => itinerary.confirmation === 'W000000005')!.itinerary.parts
    .guests!.value[0]!.email!;
  expect(await open(sealed)).toMatch(/^guest\d+@example\.com$/);

  await keys.erase(readKeyId(jweCipher.keyIdOf(sealed)!).subject, deployed.clock.now());

  expect(await open(sealed)).toBeUndefined();
});

test('started once more it does nothing but merge, and its sections are erased', async () => {
  const again = migrationRehearsal(deployed);
  const { status } = await again.advance(await again.start(ORDER));

  expect(status).toBe('SUCCEEDED');
  expect((await again.report('test')).total).toEqual(rehearsal.report.total);
  expect(await vaultOf(deployed).keys.find('migration:test')).toMatchObject({ kind: 'erased' });
});

test('the roles allow nothing that a migration does not use', () => {
  const granted = grantedStatements(deployed.sandbox, deployed.stack, ROLES);
  const unused = granted.filter(({ uses }) => uses.length === 0).map(({ name }) => name);

  expect(unused.sort()).toEqual(CALLED_BY_AWS);
});

test('a history that lacks rows is refused before anything is loaded', async () => {
  const short = migrationRehearsal(deployed);
  const order = {
    ...ORDER,
    migrationId: 'short',
    source: 'history/short/',
    table: 'reservation-dev-itineraries-short',
  };
  const history = generateHistory({ seed: 1, reservations: 40, files: 2, format: FORMAT });
  await short.upload(order.source, history, FORMAT);
  await short.put(
    `${order.source}control.json`,
    JSON.stringify({ ...history.truth.control, 'reservations-0009.csv.gz': 7 }),
  );

  await expect(short.start(order).then((arn) => short.advance(arn))).rejects.toThrow(
    /SOURCES_INCOMPLETE.*reservations-0009/,
  );
});

function laterComment({ confirmation }: Columns): ReservationMessage {
  const id = { value: confirmation, type: '14', source: FORMAT.format };
  const draft = {
    kind: 'modify' as const,
    origin: 'live',
    confirmation: id,
    ids: [id],
    property: {},
    roomStays: [],
    guests: [],
    specialRequests: [],
    comments: ['late'],
    doubts: [],
  };
  return stampMessage(draft, { changedAtMs: LIVE_CHANGE_MS, sequence: undefined });
}

/** As the live service stores a first message. */
async function writeLive(message: ReservationMessage): Promise<void> {
  const { keys } = vaultOf(deployed);
  const { itinerary } = applyMessage(undefined, message);
  const { sealed, lookups } = await sealItinerary(itinerary, { keys, cipher: jweCipher, hash: keyedLookupHash(keys) });
  const stored = { itinerary: sealed, lookups, revision: 1, updatedAtMs: deployed.clock.now() };
  const store = dynamoDbItineraryStore(
    deployed.sandbox.client(DynamoDBClient),
    deployed.idOf('ItineraryTable'),
    (_, work) => work(),
  );
  await store.put(stored);
  await auroraItineraryReport(deployed.database).upsert([stored]);
}

const present = (columns: Columns) => Object.fromEntries(Object.entries(columns).filter(([, text]) => text !== ''));
