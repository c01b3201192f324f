import {
  CloudWatchLogsClient,
  DeleteSubscriptionFilterCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  grantedStatements,
  needlessStatements,
  sidsByRole,
  unboundedActions,
  unusedActions,
  unusedResources,
} from '@lamplighter/sandbox/least-privilege';
import { SPANS_LOG_GROUP } from '../src/domain/spans/spans-log-group.ts';
import { type Pipeline, payloadOf, startPipeline } from './deployed-pipeline.ts';
import { type DeployedDoor, STAGE_OF } from './packaged-stacks.ts';
import { logBatch, report } from './sample-history.ts';

const DOORS = ['direct', 'stream'] as const;
const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 0, 15, 9, 58);

/** Every statement that the packaged roles have, by its Sid: one more or one less is a decision. */
const SHARED = {
  SubscribeLogGroupRole: [
    'ListLogGroups',
    'Publish',
    'ReadLedger',
    'RegisterFunction',
    'SubscribeWatchedLogGroups',
    'WriteOwnLog',
  ],
  ReconcileCompletenessRole: [
    'Archive',
    'ArchiveOverflow',
    'BackfillFromLogGroup',
    'CompareWithInvocations',
    'CountAudited',
    'Publish',
    'PublishCompletenessMetric',
    'ReadAndWriteTimeline',
    'ReadLedger',
    'ScheduleClosings',
    'WriteAudit',
    'WriteLedger',
    'WriteOwnLog',
  ],
  CloseWindowsRole: ['KeepRevisions', 'Publish', 'ReadInvocations', 'ScheduleClosings', 'TakeClosings', 'WriteOwnLog'],
  QueryAuditRole: ['CompareWithInvocations', 'ReadAudit', 'ReadLedger', 'ReadTimeline', 'ReadTraces', 'WriteOwnLog'],
  ArchiveStreamRole: ['WriteObjects'],
};
const INGEST = [
  'Archive',
  'ArchiveOverflow',
  'NoteClosings',
  'Publish',
  'PutAside',
  'PutAsideWhatFailed',
  'ReadAndWriteTimeline',
  'RegisterFunction',
  'ScheduleClosings',
  'WriteAudit',
  'WriteOwnLog',
];
const STATEMENTS: Readonly<Record<DeployedDoor, Readonly<Record<string, readonly string[]>>>> = {
  direct: { ...SHARED, IngestDirectRole: INGEST },
  stream: {
    ...SHARED,
    SubscribeLogGroupRole: [...SHARED.SubscribeLogGroupRole, 'PassSubscriptionRole'],
    IngestStreamRole: [...INGEST, 'ReadTelemetry'],
    SubscriptionRole: ['PutTelemetry'],
  },
};

/** What AWS itself calls and the sandbox does not, with its source. */
const CALLED_BY_AWS: Readonly<Record<string, string>> = {
  'ArchiveStreamRole.WriteObjects: s3:AbortMultipartUpload':
    'Firehose Developer Guide, "Grant Firehose access to an Amazon S3 destination"',
  'ArchiveStreamRole.WriteObjects: s3:GetBucketLocation': 'the same',
  'ArchiveStreamRole.WriteObjects: s3:ListBucket': 'the same',
  'ArchiveStreamRole.WriteObjects: s3:ListBucketMultipartUploads': 'the same',
};
/** Both doors watch the same groups here: whichever comes first gives a group its retention, and the other finds it given. */
const FIRST_COME = 'logs:PutRetentionPolicy';
/** Actions without resource-level permissions (Service Authorization Reference, "Actions defined by Amazon CloudWatch", "... by AWS X-Ray"). */
const WITHOUT_RESOURCES = ['cloudwatch:GetMetricData', 'cloudwatch:PutMetricData', 'xray:BatchGetTraces'];
/** What a call that a condition judges brings along. */
const CONTEXT = { 'cloudwatch:namespace': 'Lamplighter', 'iam:PassedToService': 'logs.amazonaws.com' };

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline({ doors: DOORS, startMs: START_MS });
  await pipeline.createLogGroups([HOTEL, SPANS_LOG_GROUP, ...DOORS.map(lossyGroup)]);
  for (const door of DOORS) {
    await ingest(door);
    await loseAndFind(door);
  }
  await pipeline.write(history(HOTEL, '5'));
  const full = fullArchive();
  await pipeline.settle(2 * HOUR_MS);
  full.lift();
  await pipeline.sandbox.peers.firehose.flush();
  for (const door of DOORS) await askEverything(door);
});
afterAll(() => pipeline?.stop());

const HOTEL = '/aws/lambda/hotel';
const lossyGroup = (door: DeployedDoor) => `/aws/lambda/lossy-${door}`;
const idOf = (digit: string) => `${digit.repeat(8)}-dddd-4ddd-8ddd-dddddddddddd`;

/** An invocation that prints the START and a message of another, which never was. */
function history(logGroup: string, digit: string) {
  const [host, ghost] = [idOf(digit), idOf(String.fromCharCode(digit.charCodeAt(0) + 44))];
  return [
    logBatch(logGroup, digit.repeat(4), [
      `START RequestId: ${host} Version: 7`,
      `START RequestId: ${ghost} Version: 7`,
      `2026-01-15T09:59:30.120Z\t${ghost}\tINFO\t{"stream":"guests","sequenceNumber":"7"}`,
      `2026-01-15T09:59:30.160Z\t${host}\tINFO\t{"stream":"guests","sequenceNumber":"8"}`,
      `END RequestId: ${host}`,
      report(
        host,
        `\nXRAY TraceId: 1-6968b9f2-0123456789abcdef0123456${digit}\tSegmentId: 1111111111111111\tSampled: true\t`,
      ),
    ]),
  ] as const;
}

/** First what misleads, then all of it, then all of it again; something that is no payload; and one that fails for good. */
async function ingest(door: DeployedDoor): Promise<void> {
  const [whole] = history(HOTEL, door === 'direct' ? '1' : '2');
  const misleading = { ...whole, events: whole.events.slice(1, 3) };
  for (const payload of [payloadOf(misleading), payloadOf(whole), payloadOf(whole), Buffer.from('no payload')]) {
    await pipeline.deliver(door, [payload]);
    await pipeline.settle();
  }
  const full = fullArchive();
  await pipeline.deliver(door, [payloadOf(whole)]);
  await pipeline.settle();
  full.lift();
  const refused = pipeline.sandbox.faults.inject({
    service: 'dynamodb',
    operation: 'Query',
    caller: ({ roleArn }) => roleArn?.includes('Ingest') === true,
    effect: { kind: 'error', code: 'ResourceNotFoundException' },
  });
  await pipeline.deliver(door, [payloadOf(whole)]);
  await pipeline.settle(25 * 60_000);
  refused.lift();
}

const fullArchive = () =>
  pipeline.sandbox.faults.inject({
    service: 'firehose',
    operation: 'PutRecordBatch',
    effect: { kind: 'error', code: 'ServiceUnavailableException' },
  });

/** A group whose subscription is gone: the door saw what misleads, the group holds the rest, and CloudWatch counts one more than there was. */
async function loseAndFind(door: DeployedDoor): Promise<void> {
  const logGroupName = lossyGroup(door);
  const [whole] = history(logGroupName, door === 'direct' ? '3' : '4');
  for (const filterName of ['lamplighter-dev', 'lamplighter-prod'])
    await pipeline.sandbox
      .client(CloudWatchLogsClient)
      .send(new DeleteSubscriptionFilterCommand({ logGroupName, filterName }));
  await pipeline.deliver(door, [payloadOf({ ...whole, events: whole.events.slice(1, 3) })]);
  await pipeline.write([whole]);
  const at = Date.UTC(2026, 0, 15, 9, 59, 30);
  pipeline.sandbox.peers.metrics.put('AWS/Lambda', 'Invocations', { FunctionName: `lossy-${door}` }, 2, 'Count', at);
}

async function askEverything(door: DeployedDoor): Promise<void> {
  const [since, until] = [START_MS - HOUR_MS, START_MS + 12 * HOUR_MS];
  const functionName = 'hotel';
  const requestId = idOf(door === 'direct' ? '1' : '2');
  for (const query of [
    { kind: 'by-request', requestId },
    { kind: 'by-function', functionName },
    { kind: 'by-sequence', stream: 'guests' },
    { kind: 'functions' },
    { kind: 'windows', functionName, since, until },
    { kind: 'completeness', functionName },
  ] as const)
    await pipeline.ask(door, query);
}

describe.each(DOORS)('the roles of the %s door', (door) => {
  const granted = () => grantedStatements(pipeline.sandbox, pipeline.stack(door));

  test('are those, with those statements', () => {
    const expected = Object.entries(STATEMENTS[door]).map(([logicalId, sids]) => [logicalId, [...sids].sort()]);
    expect(sidsByRole(pipeline.sandbox, pipeline.stack(door))).toEqual(Object.fromEntries(expected));
  });

  test('allow no action that nobody needs', () => {
    const isUsedByEitherDoor = pipeline.sandbox.iam.usage().some(({ action }) => action === FIRST_COME);
    const unused = unusedActions(granted()).filter((one) => !(isUsedByEitherDoor && one.endsWith(` ${FIRST_COME}`)));
    expect(unused).toEqual(Object.keys(CALLED_BY_AWS));
  });

  test('name no resource that nobody uses', () => {
    // What AWS alone calls is judged by the bucket itself; what the sandbox writes, by its objects.
    const bucket = `arn:aws:s3:::${pipeline.idOf(door, 'ArchiveBucket')}`;
    expect(unusedResources(granted())).toEqual([`ArchiveStreamRole.WriteObjects: ${bucket}`]);
  });

  test('name every resource where AWS can judge by it', () => {
    expect(unboundedActions(granted())).toEqual(WITHOUT_RESOURCES);
  });

  test('are denied a call that was made once any one statement is gone', () => {
    expect(needlessStatements(pipeline.sandbox, granted(), CONTEXT)).toEqual([]);
  });
});

describe.each(DOORS)('with its roles the %s door', (door) => {
  const keysOf = async (logicalId: string, prefix: string) =>
    (await pipeline.sandbox.peers.s3.list(pipeline.idOf(door, logicalId), prefix)).map(({ key }) => key);

  test('audits, and takes back what was misleading', async () => {
    const host = await pipeline.ask(door, { kind: 'by-request', requestId: idOf(door === 'direct' ? '1' : '2') });
    expect(host).toMatchObject({ kind: 'story', story: { invocation: { status: 'success' } } });
    const audited = await pipeline.ask(door, { kind: 'by-function', functionName: 'hotel' });
    expect(audited.kind === 'invocations' && audited.invocations.map(({ requestId }) => requestId).sort()).toEqual(
      [idOf(door === 'direct' ? '1' : '2'), idOf('5')].sort(),
    );
  });

  test('finds what was lost', async () => {
    const requestId = idOf(door === 'direct' ? '3' : '4');
    expect(await pipeline.ask(door, { kind: 'by-request', requestId })).toMatchObject({ kind: 'story' });
    expect(await pipeline.ask(door, { kind: 'completeness', functionName: `lossy-${door}` })).toMatchObject({
      hours: [{ invoked: 2, audited: 1, completenessPct: 50 }],
    });
  });

  test('archives, sets aside, and keeps what failed for good', async () => {
    expect(await keysOf('ArchiveBucket', 'events/')).not.toEqual([]);
    expect(await keysOf('DeadLetterBucket', 'rejected/')).toHaveLength(1);
    expect(await keysOf('DeadLetterBucket', 'aws/lambda/')).toHaveLength(1);
  });

  test.each(['subscribe-log-group', `ingest-${door}`, 'close-windows', 'reconcile-completeness', 'query-audit'])(
    'has a log of %s',
    async (name) => {
      const logGroupName = `/aws/lambda/lamplighter-ingestion-${STAGE_OF[door]}-${name}`;
      const { events = [] } = await pipeline.sandbox
        .client(CloudWatchLogsClient)
        .send(new FilterLogEventsCommand({ logGroupName, filterPattern: '"REPORT RequestId"' }));
      expect(events).not.toEqual([]);
    },
  );
});
