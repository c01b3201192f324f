import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Fault, Sandbox } from '@lamplighter/sandbox';
import { packageServices } from '@lamplighter/sandbox/packaging';
import { type DeployedReservation, startReservation } from './deployed-reservation.ts';
import { bookingHistories, seeded } from './messages/booking-histories.ts';

/* The sample and Lamplighter's own stacks, as packaged, in one account: what the stream brought in is asked for as an operator would. */

const REPOSITORY = join(import.meta.dirname, '../../..');
const STREAM = 'reservation-dev-messages';
const MESSAGES = 160;
const PER_BURST = 40;
const STEP_MS = 10_000;
const PATIENCE_MS = 3_000;

interface SentRecord {
  readonly shard: string;
  readonly sequenceNumber: string;
}

interface AuditedMessage {
  readonly stream: string;
  readonly sequenceNumber: string;
  readonly requestId: string;
  readonly functionName: string;
}

let deployed: DeployedReservation;
const sent: SentRecord[] = [];
let audited: readonly AuditedMessage[];
let logged: readonly (readonly [requestId: string, sequenceNumber: string])[];
const faults: { readonly hits: number }[] = [];

beforeAll(async () => {
  deployed = await startReservation({ before: deployLamplighter });
  await deployed.settle();
  disturb(deployed.sandbox);
  await sendShuffledAndTwice();
  await pass(10 * 60_000);
  deployed.sandbox.faults.clear();
  await pass(10 * 60_000);
  logged = await linesOfMessages();
  audited = (await lamplighter('audit', '--sequence', STREAM, '--json')).messages;
}, 900_000);
afterAll(() => deployed?.stop());

/**
 * Moves the clock on. Deliveries that failed wait for it, so that the sandbox is never idle; whatever works has its real time meanwhile, and
 * does not run out of the clock's.
 */
async function pass(ms: number): Promise<void> {
  const { sandbox, clock } = deployed;
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    await Promise.race([sandbox.idle().catch(() => undefined), wait(PATIENCE_MS)]);
    await clock.advance(STEP_MS, { whileBusy: true });
  }
}

/** Its rule subscribes the log groups that come after it. */
async function deployLamplighter(sandbox: Sandbox): Promise<void> {
  const services = ['backbone', 'ingestion'].map((name) => join(REPOSITORY, 'services', name));
  const requests = services.map((serviceDir) => ({ serviceDir, stage: 'dev', region: sandbox.region, params: {} }));
  for (const { directory } of await packageServices(requests)) await sandbox.deploy(directory);
}

/** Throttled writes and dying workers on both sides, and logs that come cut at random, out of order, a third of them twice. */
function disturb({ faults: plan, peers }: Sandbox): void {
  peers.logs.delivery.reshape({
    maxEventsPerPayload: 5,
    randomSplits: true,
    shuffle: true,
    duplicateProbability: 0.3,
    seed: 9,
  });
  const by =
    (role: string): NonNullable<Fault['caller']> =>
    ({ roleArn }) =>
      roleArn?.includes(role) ?? false;
  const [sample, auditor] = [by('IngestMessagesRole'), by('IngestDirect')];
  const writes = { service: 'dynamodb', caller: sample, operation: 'PutItem' };
  for (const fault of [
    { ...writes, probability: 0.08, seed: 3, effect: { kind: 'throttle' } },
    { ...writes, nth: 30, effect: { kind: 'crash-caller', when: 'before' } },
    { ...writes, nth: 70, effect: { kind: 'crash-caller', when: 'after' } },
    { service: 'dynamodb', caller: auditor, probability: 0.03, seed: 4, effect: { kind: 'throttle' } },
    { service: 'dynamodb', caller: auditor, nth: 25, effect: { kind: 'crash-caller', when: 'after' } },
  ] satisfies Fault[])
    faults.push(plan.inject(fault));
}

async function sendShuffledAndTwice(): Promise<void> {
  const random = seeded(7);
  const messages = bookingHistories(MESSAGES, random);
  const wanted = [...messages, ...messages.filter(() => random() < 0.1)]
    .map((data) => ({ data, order: random() }))
    .sort((a, b) => a.order - b.order);
  const kinesis = deployed.sandbox.client(KinesisClient);
  for (let from = 0; from < wanted.length; from += PER_BURST) {
    const Records = wanted
      .slice(from, from + PER_BURST)
      .map(({ data: Data }) => ({ Data, PartitionKey: `channel-${Math.floor(random() * 40)}` }));
    const put = await kinesis.send(new PutRecordsCommand({ StreamName: STREAM, Records }));
    for (const { ShardId, SequenceNumber } of put.Records!)
      sent.push({ shard: ShardId!, sequenceNumber: SequenceNumber! });
    await deployed.clock.advance(1_000, { whileBusy: true });
  }
}

/** What the function wrote of messages, in the order of its log: the truth that the audit is held against. */
async function linesOfMessages(): Promise<[string, string][]> {
  const client = deployed.sandbox.client(CloudWatchLogsClient);
  const found: [string, string][] = [];
  const group = { logGroupName: '/aws/lambda/reservation-dev-ingest-messages', filterPattern: 'sequenceNumber' };
  for await (const { events = [] } of paginateFilterLogEvents({ client }, group))
    for (const { message = '' } of events) {
      const [, requestId, , line = ''] = message.split('\t');
      found.push([requestId!, /"sequenceNumber":"(\d+)"/.exec(line)![1]!]);
    }
  return found;
}

/** The command, as a person who may administrate the account runs it. */
async function lamplighter(...args: string[]): Promise<{ readonly messages: readonly AuditedMessage[] }> {
  const { endpoint, region, credentials } = deployed.sandbox;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(REPOSITORY, 'packages/cli/src/bin.ts'),
      ...args,
      '--endpoint',
      endpoint,
      '--region',
      region,
    ],
    {
      env: { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
      maxBuffer: 64 * 1_024 * 1_024,
    },
  );
  return JSON.parse(stdout) as { readonly messages: readonly AuditedMessage[] };
}

const inOrder = (sequenceNumbers: Iterable<string>): string[] =>
  [...sequenceNumbers].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
const numbersOf = (messages: readonly { readonly sequenceNumber: string }[]): string[] => [
  ...new Set(messages.map(({ sequenceNumber }) => sequenceNumber)),
];

test('throttles and crashes hit both sides, and the log is out of order', () => {
  expect(faults.map(({ hits }) => hits > 0)).toEqual(faults.map(() => true));
  const numbers = logged.map(([, sequenceNumber]) => sequenceNumber);
  expect(numbers).not.toEqual(inOrder(numbers));
});

test('the audit has every message that was sent, none lost, in the order in which they came in', () => {
  expect(sent.length).toBeGreaterThan(MESSAGES);
  expect(audited.map(({ sequenceNumber }) => sequenceNumber)).toEqual(
    inOrder(audited.map(({ sequenceNumber }) => sequenceNumber)),
  );
  const numbers = numbersOf(audited);
  expect(numbers).toEqual(inOrder(numbersOf(sent)));
  for (const shard of new Set(sent.map((record) => record.shard))) {
    const ofShard = sent.filter((record) => record.shard === shard).map(({ sequenceNumber }) => sequenceNumber);
    expect(numbers.filter((number) => ofShard.includes(number))).toEqual(ofShard);
  }
});

test('none is doubled: each is told once for each request that had it, and for no other', () => {
  const told = audited.map(({ requestId, sequenceNumber }) => `${requestId} ${sequenceNumber}`);

  expect(new Set(told).size).toBe(told.length);
  expect([...told].sort()).toEqual([...new Set(logged.map((pair) => pair.join(' ')))].sort());
  expect(new Set(audited.map(({ functionName }) => functionName))).toEqual(
    new Set(['reservation-dev-ingest-messages']),
  );
});

test('one message is found by its number, with the request that stored it', async () => {
  const [first] = inOrder(numbersOf(sent));
  const { messages } = await lamplighter('audit', '--sequence', `${STREAM}:${first}`, '--json');

  expect(messages.length).toBeGreaterThan(0);
  expect(messages).toEqual(audited.filter(({ sequenceNumber }) => sequenceNumber === first));
});
