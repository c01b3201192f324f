import { readdirSync, readFileSync } from 'node:fs';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { BatchGetTracesCommand, paginateGetTraceSummaries, XRayClient } from '@aws-sdk/client-xray';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dynamoDbItineraryStore } from '../src/adapters/dynamodb-itinerary-store.ts';
import { jweCipher } from '../src/adapters/jwe-cipher.ts';
import { applyMessage } from '../src/domain/messages/apply-message.ts';
import type { Itinerary } from '../src/domain/messages/itinerary.ts';
import { readReservationMessages } from '../src/domain/messages/read-reservation-messages.ts';
import type { ReservationMessage } from '../src/domain/messages/reservation-message.ts';
import { openItinerary } from '../src/vault/open-itinerary.ts';
import { type DeployedReservation, startReservation } from './deployed-reservation.ts';
import { openArchive, vaultOf } from './vault-of.ts';

const FOLDER = new URL('./fixtures/messages/', import.meta.url);
const MESSAGES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.xml'))
  .map((file) => readFileSync(new URL(file, FOLDER)));
const READINGS = MESSAGES.map((message) => readReservationMessages(message));
const RESERVATIONS = READINGS.flatMap((reading) => (reading.kind === 'read' ? reading.reservations : []));
const BAD = READINGS.filter((reading) => reading.kind === 'rejected' || reading.reservations.length === 0).length;
const LEGACY = 'harbour-pms';

let deployed: DeployedReservation;
beforeAll(async () => {
  deployed = await startReservation();
  const twiceAndBackwards = [...MESSAGES, ...[...MESSAGES].reverse()];
  await deployed.put(twiceAndBackwards.map((data, index) => ({ partitionKey: `channel-${index % 7}`, data })));
  await deployed.settle();
  await deployed.settle();
}, 400_000);
afterAll(() => deployed?.stop());

const folded = (messages: readonly ReservationMessage[]): Map<string, Itinerary> => {
  const itineraries = new Map<string, Itinerary>();
  for (const message of messages) {
    const { value } = message.confirmation;
    itineraries.set(value, applyMessage(itineraries.get(value), message).itinerary);
  }
  return itineraries;
};

const linesOf = async (name: string): Promise<Record<string, unknown>[]> => {
  const client = deployed.sandbox.client(CloudWatchLogsClient);
  const lines: Record<string, unknown>[] = [];
  const group = { logGroupName: `/aws/lambda/reservation-dev-${name}`, filterPattern: '"processed"' };
  for await (const { events = [] } of paginateFilterLogEvents({ client }, group))
    for (const { message } of events) lines.push(JSON.parse(message!.split('\t').at(-1)!) as Record<string, unknown>);
  return lines;
};

test('every reservation is in the store as its messages say, whatever their order and number', async () => {
  const { sandbox, idOf } = deployed;
  const store = dynamoDbItineraryStore(sandbox.client(DynamoDBClient), idOf('ItineraryTable'), (_, work) => work());
  const vault = { keys: vaultOf(deployed).keys, cipher: jweCipher };

  const expected = folded(RESERVATIONS);
  expect(expected.size).toBeGreaterThan(15);
  for (const [confirmation, itinerary] of expected) {
    const stored = await store.get(confirmation);
    expect((await openItinerary(stored!.itinerary, vault)).itinerary).toEqual(itinerary);
  }
});

test('the relational itinerary says the same, at the same revision', async () => {
  const rows = await deployed.database.run('rows', 'SELECT * FROM itinerary ORDER BY confirmation');
  const expected = folded(RESERVATIONS);

  expect(rows.map(({ confirmation }) => confirmation).sort()).toEqual([...expected.keys()].sort());
  for (const row of rows) {
    const { parts } = expected.get(String(row.confirmation))!;
    expect(row.is_cancelled).toBe(parts.state?.value.isCancelled ?? false);
    expect(row.property ?? undefined).toBe(parts.property?.value.hotelCode);
  }
  const orphans = await deployed.database.run(
    'orphans',
    'SELECT count(*) AS n FROM room_stay r LEFT JOIN itinerary i USING (confirmation, revision) WHERE i.confirmation IS NULL',
  );
  expect(orphans).toEqual([{ n: 0 }]);
});

test('each message has its line in the log, with its number in the stream', async () => {
  const lines = await linesOf('ingest-messages');

  expect(lines).toHaveLength(2 * MESSAGES.length);
  expect(new Set(lines.map(({ sequenceNumber }) => sequenceNumber)).size).toBe(2 * MESSAGES.length);
  expect(new Set(lines.map(({ stream }) => stream))).toEqual(new Set(['reservation-dev-messages']));
});

test('each readable message is one object of the archive, which opens; each other one a dead letter with a reason', async () => {
  const archived = await openArchive(deployed);
  const { s3 } = deployed.sandbox.peers;
  const bucket = deployed.idOf('DeadLetterBucket');
  const letters = await s3.list(bucket, 'rejected/');

  expect(archived).toHaveLength(MESSAGES.length - BAD);
  expect(archived.every(({ text }) => text !== undefined)).toBe(true);
  expect(letters).toHaveLength(BAD);
  for (const { key } of letters) {
    const letter = JSON.parse((await s3.get(bucket, key)).toString()) as { code: string; reason: string };
    expect(letter.code).toMatch(/^[A-Z_]+$/);
    expect(letter.reason.length).toBeGreaterThan(10);
  }
});

test('files of a property system come in by the mapping of their source, and leave the bucket', async () => {
  const samples = new URL('../samples/legacy/', import.meta.url);
  const s3 = deployed.sandbox.client(S3Client);
  const Bucket = deployed.idOf('LegacyBucket');
  const put = (Key: string, Body: Buffer) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  await put(`mappings/${LEGACY}.json`, readFileSync(new URL(`${LEGACY}.mapping.json`, samples)));
  await put(`incoming/${LEGACY}/export-1.xml`, readFileSync(new URL(`${LEGACY}.xml`, samples)));
  await put('incoming/unknown-pms/export-1.xml', Buffer.from('<a/>'));
  await deployed.put([{ partitionKey: `legacy:${LEGACY}:1`, data: readFileSync(new URL(`${LEGACY}.xml`, samples)) }]);
  await deployed.settle();
  await deployed.settle();

  const lines = await linesOf('ingest-files');
  expect(lines.map(({ source, outcome, code }) => [source, outcome, code]).sort()).toEqual([
    [LEGACY, 'stored', undefined],
    ['unknown-pms', 'rejected', 'NO_MAPPING'],
  ]);
  const rows = await deployed.database.run('rows', "SELECT confirmation FROM itinerary WHERE property = 'HB12'");
  expect(rows.map(({ confirmation }) => confirmation).sort()).toEqual(['12-4600', '12-4711']);
  expect(await deployed.sandbox.peers.s3.list(Bucket, 'incoming/')).toEqual([]);
});

test('the calls of an invocation are subsegments that name dependency and statement', async () => {
  const client = deployed.sandbox.client(XRayClient);
  const EndTime = new Date(deployed.clock.now());
  const ids: string[] = [];
  const window = { StartTime: new Date(EndTime.getTime() - 3_600_000), EndTime };
  for await (const { TraceSummaries = [] } of paginateGetTraceSummaries({ client }, window))
    ids.push(...TraceSummaries.map(({ Id }) => Id!));
  const names = new Set<string>();
  for (const id of ids) {
    const { Traces = [] } = await client.send(new BatchGetTracesCommand({ TraceIds: [id] }));
    for (const { Document } of Traces[0]?.Segments ?? [])
      for (const [, name] of Document!.matchAll(/"name":"([^"]+)"/g)) names.add(name!);
  }

  for (const name of [
    'aurora: upsert itineraries',
    'dynamodb: put itinerary',
    'kms: generate data key',
    's3: archive message',
  ])
    expect(names).toContain(name);
});

test('the migrations are applied once', async () => {
  expect((await deployed.invoke('migrate-database', {})).answer).toMatchObject({ applied: [] });
});

test('the report answers by guest without its index, slower, and the index can be put back', async () => {
  const dropped = await deployed.invoke('stress-database', { action: 'drop-index' });
  const grown = await deployed.invoke('stress-database', { action: 'grow', rows: 2_000 });
  const plan = async () =>
    JSON.stringify(await deployed.database.run('plan', "EXPLAIN SELECT * FROM itinerary_guest WHERE lookup = 'x'"));

  expect(dropped.answer).toMatchObject({ hasIndex: false });
  expect(grown.answer).toMatchObject({ hasIndex: false });
  expect(await plan()).toContain('Seq Scan');
  await deployed.invoke('stress-database', { action: 'create-index' });
  expect(await plan()).toContain('itinerary_guest_by_lookup');
  expect((await deployed.invoke('stress-database', { action: 'shrink' })).answer).toMatchObject({ hasIndex: true });
});
