import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  grantedStatements,
  needlessStatements,
  unboundedActions,
  unusedActions,
} from '@lamplighter/sandbox/least-privilege';
import { type DeployedReservation, startReservation } from './deployed-reservation.ts';
import { PLANTED, plantedMessage } from './planted-guest.ts';

/** The roles of ingestion, of guests' rights and of the database; those of the APIs have a suite of their own. */
const ROLES = [
  'EraseGuestRole',
  'ExportGuestRole',
  'IngestFilesRole',
  'IngestMessagesRole',
  'MigrateDatabaseRole',
  'StressDatabaseRole',
];
/** What AWS itself calls and the sandbox does not (AWSXRayDaemonWriteAccess has both; "Sending trace data to X-Ray with AWS Lambda"). */
const CALLED_BY_AWS = ROLES.map((role) => `${role}.Trace: xray:PutTelemetryRecords`);
/** X-Ray judges by no resource (Service Authorization Reference). */
const WITHOUT_RESOURCES = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];
const HOUR_MS = 3_600_000;

let deployed: DeployedReservation;
beforeAll(async () => {
  deployed = await startReservation();
  await guestsOfNobody();
  await ingestEverything();
  await loseSomething();
  await failOneCommit('migrate-database');
  await deployed.invoke('stress-database', { action: 'state' });
  await deployed.invoke('export-guest', { email: PLANTED.email });
  await deployed.invoke('erase-guest', { email: PLANTED.email });
}, 600_000);
afterAll(() => deployed?.stop());

/** The first who asks in an empty stage makes the key of the lookup hashes. */
async function guestsOfNobody(): Promise<void> {
  const dynamoDb = deployed.sandbox.client(DynamoDBClient);
  for (const name of ['export-guest', 'erase-guest']) {
    await dynamoDb.send(new DeleteItemCommand({ TableName: deployed.idOf('KeysTable'), Key: { pk: { S: 'lookup' } } }));
    const { failed } = await deployed.invoke(name, { email: 'nobody@example.com' });
    if (failed) throw new Error(`${name} failed`);
    // Its environment remembers a key that is gone: another begins without it.
    const again = { FunctionName: `reservation-dev-${name}`, Description: 'begins again' };
    await deployed.sandbox.client(LambdaClient).send(new UpdateFunctionConfigurationCommand(again));
  }
}

/** Every kind of message through both doors, while connections are held and one is rolled back. */
async function ingestEverything(): Promise<void> {
  await setFaults({ connectionPool: { holdMs: 1, pct: 100 } });
  const good = plantedMessage({ confirmation: 'LP-1', changedAt: '2027-05-20T10:00:00Z' });
  const again = plantedMessage({ confirmation: 'LP-1', changedAt: '2027-05-21T10:00:00Z', status: 'Modify' });
  await deployed.put([{ partitionKey: 'a', data: good }]);
  await deployed.settle();
  await deployed.settle();
  await deployed.put([again, again.subarray(0, -20)].map((data) => ({ partitionKey: 'a', data })));
  await deployed.put([{ partitionKey: 'legacy:unknown-pms', data: Buffer.from('<a/>') }]);
  failNextCommit();
  await deployed.settle(60_000);
  await drop('incoming/ota/1.xml', good);
  await drop('incoming/unknown-pms/1.xml', Buffer.from('<a/>'));
  await drop('incoming/ota/2.xml', plantedMessage({ confirmation: 'LP-2', changedAt: '2027-05-20T10:00:00Z' }));
  failNextCommit();
  await drop('incoming/ota/3.xml', plantedMessage({ confirmation: 'LP-3', changedAt: '2027-05-20T10:00:00Z' }));
  await deployed.settle(10 * 60_000);
  await setFaults({});
}

/** The mapping gives a record up after twelve hours. */
const MOST_HOURS = 16;
const wasNoted = (): boolean =>
  deployed.sandbox.calls().some(({ service, operation }) => service === 'sqs' && operation === 'SendMessage');

/** A poison message is given up after its retries, and so is a file that the table will not take. */
async function loseSomething(): Promise<void> {
  await setFaults({ poisonMessages: { pct: 100 } });
  await deployed.put([{ partitionKey: 'a', data: Buffer.from('<poison/>') }]);
  for (let hour = 0; hour < MOST_HOURS && !wasNoted(); hour += 1) await deployed.settle(HOUR_MS);
  await setFaults({ throttle: { dependency: 'dynamodb', pct: 100 } });
  await drop('incoming/ota/4.xml', plantedMessage({ confirmation: 'LP-4', changedAt: '2027-05-20T10:00:00Z' }));
  for (let retry = 0; retry < 5; retry += 1) await deployed.settle(3 * 60_000);
  await setFaults({});
}

async function setFaults(faults: object): Promise<void> {
  const parameter = { Name: '/reservation/dev/faults', Value: JSON.stringify(faults), Overwrite: true };
  await deployed.sandbox.client(SSMClient).send(new PutParameterCommand(parameter));
  await deployed.settle(6_000);
}

async function drop(Key: string, Body: Buffer): Promise<void> {
  const object = { Bucket: deployed.idOf('LegacyBucket'), Key, Body };
  await deployed.sandbox.client(S3Client).send(new PutObjectCommand(object));
  await deployed.settle();
}

const failNextCommit = () =>
  deployed.sandbox.faults.inject({
    service: 'rds-data',
    operation: 'CommitTransaction',
    // As often as the SDK tries.
    times: 3,
    effect: { kind: 'error', code: 'BadRequestException' },
  });

async function failOneCommit(name: string): Promise<void> {
  failNextCommit();
  await deployed.invoke(name, {});
}

const granted = () => grantedStatements(deployed.sandbox, deployed.stack, ROLES);

test('the roles allow no action that nobody needs', () => {
  expect(unusedActions(granted())).toEqual(CALLED_BY_AWS);
});

test('the roles name every resource where AWS can judge by it', () => {
  expect(unboundedActions(granted())).toEqual(WITHOUT_RESOURCES);
});

test('a call that was made once is denied when any one statement is gone', () => {
  expect(needlessStatements(deployed.sandbox, granted())).toEqual([]);
});
