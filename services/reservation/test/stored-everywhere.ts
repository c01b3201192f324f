import { gunzipSync } from 'node:zlib';
import {
  CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, ListTablesCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { BatchGetTracesCommand, paginateGetTraceSummaries, XRayClient } from '@aws-sdk/client-xray';
import type { DeployedReservation } from './deployed-reservation.ts';

/** Something that is stored, as text. */
export interface StoredText {
  readonly place: string;
  readonly text: string;
}

/**
 * Everything that the sandbox keeps of the service: objects of all buckets, items of all tables, rows of all relations, log
 * events of all groups, messages of all queues, events on the account's bus, traces. The message stream itself is not in it: it is the door, where
 * messages lie as they came for its 24 hours, encrypted by Kinesis.
 */
export async function storedEverywhere(deployed: DeployedReservation): Promise<StoredText[]> {
  return [
    ...(await objects(deployed)),
    ...(await items(deployed)),
    ...(await rows(deployed)),
    ...(await logEvents(deployed)),
    ...(await queued(deployed)),
    ...(await deployed.heardEvents()).map((event) => ({ place: 'event', text: JSON.stringify(event) })),
    ...(await traces(deployed)),
  ];
}

const ofType = ({ stack }: DeployedReservation, type: string): string[] =>
  Object.values(stack.resources)
    .filter((resource) => resource.type === type)
    .map(({ physicalId }) => physicalId);

async function objects(deployed: DeployedReservation): Promise<StoredText[]> {
  const { s3 } = deployed.sandbox.peers;
  const found: StoredText[] = [];
  for (const bucket of ofType(deployed, 'AWS::S3::Bucket'))
    for (const { key } of await s3.list(bucket)) {
      const body = await s3.get(bucket, key);
      const text = (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString('utf8');
      found.push({ place: `s3://${bucket}/${key}`, text: `${key}\n${text}` });
    }
  return found;
}

async function items({ sandbox }: DeployedReservation): Promise<StoredText[]> {
  const client = sandbox.client(DynamoDBClient);
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const found: StoredText[] = [];
  for (const TableName of TableNames)
    for await (const { Items = [] } of paginateScan({ client }, { TableName }))
      for (const item of Items) found.push({ place: `dynamodb ${TableName}`, text: JSON.stringify(item) });
  return found;
}

async function rows({ database }: DeployedReservation): Promise<StoredText[]> {
  const tables = await database.run('tables', "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'");
  const found: StoredText[] = [];
  for (const { name } of tables)
    for (const row of await database.run('rows', `SELECT * FROM ${name}`))
      found.push({ place: `aurora ${name}`, text: JSON.stringify(row) });
  return found;
}

async function logEvents({ sandbox }: DeployedReservation): Promise<StoredText[]> {
  const client = sandbox.client(CloudWatchLogsClient);
  const found: StoredText[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, {}))
    for (const { logGroupName } of logGroups)
      for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName }))
        for (const { message } of events) found.push({ place: `log ${logGroupName}`, text: message! });
  return found;
}

async function queued(deployed: DeployedReservation): Promise<StoredText[]> {
  const client = deployed.sandbox.client(SQSClient);
  const found: StoredText[] = [];
  for (const QueueUrl of ofType(deployed, 'AWS::SQS::Queue'))
    for (;;) {
      const receive = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60, WaitTimeSeconds: 0 };
      const { Messages = [] } = await client.send(new ReceiveMessageCommand(receive));
      for (const { Body } of Messages) found.push({ place: `sqs ${QueueUrl}`, text: Body! });
      if (Messages.length === 0) break;
    }
  return found;
}

async function traces({ sandbox, clock }: DeployedReservation): Promise<StoredText[]> {
  const client = sandbox.client(XRayClient);
  const EndTime = new Date(clock.now());
  const window = { StartTime: new Date(EndTime.getTime() - 6 * 3_600_000), EndTime };
  const ids: string[] = [];
  for await (const { TraceSummaries = [] } of paginateGetTraceSummaries({ client }, window))
    ids.push(...TraceSummaries.map(({ Id }) => Id!));
  const found: StoredText[] = [];
  for (let from = 0; from < ids.length; from += 5) {
    const { Traces = [] } = await client.send(new BatchGetTracesCommand({ TraceIds: ids.slice(from, from + 5) }));
    for (const { Id, Segments = [] } of Traces)
      for (const { Document } of Segments) found.push({ place: `trace ${Id}`, text: Document! });
  }
  return found;
}

/** Where a secret is found, in plain, escaped or in base64 at any offset. */
export function placesOf(secret: string, everything: readonly StoredText[]): string[] {
  const spelt = spellingsOf(secret).map((form) => form.toLowerCase());
  const encoded = base64FormsOf(secret);
  return everything
    .filter(({ text }) => {
      const lower = text.toLowerCase();
      return spelt.some((form) => lower.includes(form)) || encoded.some((form) => text.includes(form));
    })
    .map(({ place }) => place);
}

const spellingsOf = (secret: string): string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  secret.replaceAll(' ', ''),
];

/** How base64 has it wherever it stands, in all digits that are its alone: fewer, or in any case, meet what is sealed by chance. */
function base64FormsOf(secret: string): string[] {
  const bits = 8 * Buffer.byteLength(secret);
  return [0, 1, 2].map((shift) => {
    const text = Buffer.from(`${'~'.repeat(shift)}${secret}`).toString('base64');
    return text.slice(Math.ceil((8 * shift) / 6), Math.floor((8 * shift + bits) / 6));
  });
}
