import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dynamoDbItineraryStore } from '../src/adapters/dynamodb-itinerary-store.ts';
import { jweCipher } from '../src/adapters/jwe-cipher.ts';
import { applyMessage } from '../src/domain/messages/apply-message.ts';
import type { Itinerary } from '../src/domain/messages/itinerary.ts';
import { readReservationMessages } from '../src/domain/messages/read-reservation-messages.ts';
import { openItinerary } from '../src/vault/open-itinerary.ts';
import { type DeployedReservation, startReservation } from './deployed-reservation.ts';
import { bookingHistories, seeded } from './messages/booking-histories.ts';
import { vaultOf } from './vault-of.ts';

/** 20 times the 4.3 messages a second of 375,000 a day. */
const PER_SECOND = 86;
/** RESERVATION_LOAD_SECONDS=120 is the whole of it. */
const SECONDS = Number(process.env.RESERVATION_LOAD_SECONDS ?? 6);
const DUPLICATES = 0.05;

const random = seeded(20_270_601);
const MESSAGES = bookingHistories(PER_SECOND * SECONDS, random);

let deployed: DeployedReservation;
let sent = 0;
beforeAll(async () => {
  deployed = await startReservation();
  injectFaults();
  const startedAt = performance.now();
  for (let second = 0; second < SECONDS; second += 1) {
    const fresh = MESSAGES.slice(second * PER_SECOND, (second + 1) * PER_SECOND);
    const again = fresh.filter(() => random() < DUPLICATES);
    const records = [...fresh, ...again].map((data) => ({
      partitionKey: `channel-${Math.floor(random() * 40)}`,
      data,
    }));
    sent += records.length;
    await deployed.put(records);
    await deployed.clock.advance(1_000, { whileBusy: true });
  }
  await deployed.settle();
  for (let minute = 0; minute < 10; minute += 1) await deployed.settle(60_000);
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stderr.write(
    `${MESSAGES.length} messages, ${sent} sent, in ${seconds.toFixed(1)} s: ${(sent / seconds).toFixed(0)}/s\n`,
  );
  deployed.sandbox.faults.clear();
}, 900_000);
afterAll(() => deployed?.stop());

/** Throttles, answers that never arrive, and workers that die before and after their writes. */
function injectFaults(): void {
  const { faults } = deployed.sandbox;
  faults.inject({
    service: 'dynamodb',
    operation: 'PutItem',
    probability: 0.02,
    seed: 3,
    effect: { kind: 'throttle' },
  });
  faults.inject({ service: 'kms', probability: 0.01, seed: 4, effect: { kind: 'throttle' } });
  faults.inject({
    service: 's3',
    operation: 'PutObject',
    probability: 0.01,
    seed: 5,
    effect: { kind: 'error', code: 'SlowDown' },
  });
  for (const [when, nth] of [
    ['before', 40],
    ['after', 90],
    ['after', 230],
  ] as const)
    faults.inject({ service: 'dynamodb', operation: 'PutItem', nth, effect: { kind: 'crash-caller', when } });
  faults.inject({
    service: 'rds-data',
    operation: 'ExecuteStatement',
    nth: 3,
    effect: { kind: 'crash-caller', when: 'after' },
  });
}

const EXPECTED = new Map<string, Itinerary>();
for (const message of MESSAGES) {
  const reading = readReservationMessages(message);
  for (const reservation of reading.kind === 'read' ? reading.reservations : []) {
    const { value } = reservation.confirmation;
    EXPECTED.set(value, applyMessage(EXPECTED.get(value), reservation).itinerary);
  }
}

test('the histories are of many reservations, some cancelled', () => {
  const states = [...EXPECTED.values()].map(({ parts }) => parts.state?.value.isCancelled);

  expect(EXPECTED.size).toBeGreaterThan(MESSAGES.length / 5);
  expect(new Set(states)).toEqual(new Set([true, false]));
});

test('every reservation ends as its messages say, in both stores', async () => {
  const { sandbox, idOf } = deployed;
  const store = dynamoDbItineraryStore(sandbox.client(DynamoDBClient), idOf('ItineraryTable'), (_, work) => work());
  const vault = { keys: vaultOf(deployed).keys, cipher: jweCipher };
  const rows = await deployed.database.run('rows', 'SELECT confirmation, revision, is_cancelled FROM itinerary');
  const byConfirmation = new Map(rows.map((row) => [String(row.confirmation), row]));

  expect(byConfirmation.size).toBe(EXPECTED.size);
  for (const [confirmation, expected] of EXPECTED) {
    const stored = (await store.get(confirmation))!;
    expect((await openItinerary(stored.itinerary, vault)).itinerary).toEqual(expected);
    const { isCancelled } = expected.parts.state!.value;
    expect(byConfirmation.get(confirmation)).toMatchObject({ revision: stored.revision, is_cancelled: isCancelled });
  }
});

test('every message is archived once', async () => {
  const archived = await deployed.sandbox.peers.s3.list(deployed.idOf('ArchiveBucket'), 'messages/');

  expect(archived).toHaveLength(new Set(MESSAGES.map(String)).size);
});

test('every record that was sent has its line, and none was given up', async () => {
  const client = deployed.sandbox.client(CloudWatchLogsClient);
  const done = new Set<string>();
  const group = { logGroupName: '/aws/lambda/reservation-dev-ingest-messages', filterPattern: '"message processed"' };
  for await (const { events = [] } of paginateFilterLogEvents({ client }, group))
    for (const { message } of events) done.add(/"sequenceNumber":"(\d+)"/.exec(message!)![1]!);

  expect(done.size).toBe(sent);
  const { Attributes } = await deployed.sandbox.client(SQSClient).send(
    new GetQueueAttributesCommand({
      QueueUrl: deployed.idOf('LostBatchesQueue'),
      AttributeNames: ['ApproximateNumberOfMessages'],
    }),
  );
  expect(Attributes).toEqual({ ApproximateNumberOfMessages: '0' });
});
