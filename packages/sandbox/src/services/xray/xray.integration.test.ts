import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  BatchGetTracesCommand,
  GetInsightCommand,
  GetTraceSegmentDestinationCommand,
  GetTraceSummariesCommand,
  type GetTraceSummariesCommandInput,
  PutTraceSegmentsCommand,
  UpdateTraceSegmentDestinationCommand,
  XRayClient,
} from '@aws-sdk/client-xray';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';
import type { TraceSegment } from './segment.ts';

/** Sends a subsegment as the X-Ray SDK does: by UDP, below the segment that the invocation's header names. */
const SOURCE = `
const dgram = require('node:dgram');
exports.handler = async (event) => {
  const [, root, parent] = /Root=([^;]+);Parent=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID);
  const [address, port] = process.env.AWS_XRAY_DAEMON_ADDRESS.split(':');
  const now = Date.now() / 1000;
  const document = { type: 'subsegment', trace_id: root, parent_id: parent, id: '00000000000000aa', name: 'DynamoDB', namespace: 'aws',
    start_time: now, end_time: now, aws: { operation: 'PutItem', request_id: 'r-1' }, annotations: { hotel: 'H1' } };
  const socket = dgram.createSocket('udp4');
  await new Promise((resolve) => socket.send('{"format": "json", "version": 1}\\n' + JSON.stringify(document), Number(port), address, resolve));
  socket.close();
  if (event.fail) throw new RangeError('no room');
  return root;
};`;
const role = (allowed: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    Policies: [
      { PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: allowed, Resource: '*' }] } },
    ],
  },
});
const fn = (name: string, roleName: string, Mode = 'Active') => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: name,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: { 'Fn::GetAtt': [roleName, 'Arn'] },
    TracingConfig: { Mode },
    Timeout: 60,
    Code: { ZipFile: SOURCE },
  },
});

let started: TestSandbox;
let xray: XRayClient;
beforeAll(async () => {
  started = await startTestSandbox({ services: ['logs', 'cloudwatch', 'events', 'lambda', 'xray'] });
  xray = started.sandbox.client(XRayClient, { maxAttempts: 1 });
  await started.sandbox.deployTemplate({
    stackName: 'traced',
    template: {
      Resources: {
        Traced: role('xray:*'),
        Untraced: role('logs:*'),
        Lamp: fn('lamp', 'Traced'),
        Dark: fn('dark', 'Untraced'),
        Passive: fn('passive', 'Traced', 'PassThrough'),
      },
    },
  });
});
afterAll(() => started.stop());

async function invoke(FunctionName: string, event: object = {}) {
  const lambda = started.sandbox.client(LambdaClient);
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
  return JSON.parse(Payload!.transformToString()) as string;
}
async function traceOf(id: string): Promise<TraceSegment[]> {
  const { Traces = [] } = await xray.send(new BatchGetTracesCommand({ TraceIds: [id] }));
  return (Traces[0]?.Segments ?? []).map(({ Document }) => JSON.parse(Document!) as TraceSegment);
}
/** A datagram arrives soon, but nobody is told when. */
async function traceWithCall(id: string): Promise<TraceSegment[]> {
  for (;;) {
    const segments = await traceOf(id);
    if (JSON.stringify(segments).includes('DynamoDB')) return segments;
  }
}
const summaries = async (more: Partial<GetTraceSummariesCommandInput> = {}) => {
  const now = started.clock.now();
  const range = { StartTime: new Date(now - 60_000), EndTime: new Date(now + 60_000) };
  return (await xray.send(new GetTraceSummariesCommand({ ...range, ...more }))).TraceSummaries ?? [];
};

describe('an invocation of a function with active tracing', () => {
  test('has the two segments of Lambda, and what the function sent itself in its place', async () => {
    const id = await invoke('lamp');

    const segments = await traceWithCall(id);

    const [service, work] = segments;
    expect(segments).toHaveLength(2);
    expect(service).toMatchObject({
      trace_id: id,
      origin: 'AWS::Lambda',
      name: 'lamp',
      aws: { request_id: expect.any(String) },
    });
    expect(work).toMatchObject({ origin: 'AWS::Lambda::Function', parent_id: service?.id });
    expect(work?.subsegments?.map(({ name }) => name)).toEqual([
      'Initialization',
      'Invocation',
      'Overhead',
      'DynamoDB',
    ]);
    expect(work?.subsegments?.[3]).not.toHaveProperty('parent_id');
  });

  test('is summarised, with its annotations, and found by filters', async () => {
    const all = await summaries();
    expect(all).toMatchObject([
      {
        HasFault: false,
        Annotations: { hotel: [{ AnnotationValue: { StringValue: 'H1' } }] },
        EntryPoint: { Name: 'lamp', Type: 'AWS::Lambda' },
        ResourceARNs: [{ ARN: 'arn:aws:lambda:us-east-1:123456789012:function:lamp' }],
      },
    ]);

    for (const FilterExpression of ['service("lamp") AND ok', 'annotation.hotel = "H1"', '!fault', 'responsetime > 0'])
      expect(await summaries({ FilterExpression })).toHaveLength(1);
    for (const FilterExpression of ['service("other")', 'fault', 'annotation.hotel = "H2"', 'duration > 3600'])
      expect(await summaries({ FilterExpression })).toEqual([]);
    await expect(summaries({ FilterExpression: 'group.name = "x"' })).rejects.toThrow('group.name = "x"');
  });

  test('that fails is a fault, with its cause', async () => {
    await invoke('lamp', { fail: true });

    const [found] = await summaries({ FilterExpression: 'fault' });

    const work = (await traceOf(found!.Id!)).find(({ origin }) => origin === 'AWS::Lambda::Function');
    expect(work).toMatchObject({ fault: true, cause: { exceptions: [{ type: 'RangeError', message: 'no room' }] } });
  });

  test.each(['dark', 'passive'])(
    '%s leaves no segments of Lambda: its role may not, or it does not trace',
    async (name) => {
      await invoke(name);

      expect(await summaries({ FilterExpression: `service("${name}")` })).toEqual([]);
    },
  );
});

describe('the API', () => {
  const document = {
    id: '0123456789abcdef',
    trace_id: '1-6955b900-0123456789abcdef01234567',
    name: 'shop',
    start_time: 1_767_225_600,
    end_time: 1_767_225_601.5,
  };
  const put = (...documents: unknown[]) =>
    xray.send(
      new PutTraceSegmentsCommand({
        TraceSegmentDocuments: documents.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))),
      }),
    );

  test('takes segments, and tells which it refused', async () => {
    const { UnprocessedTraceSegments } = await put(
      document,
      'no json',
      { ...document, trace_id: '1-1' },
      { ...document, end_time: undefined },
    );

    expect(UnprocessedTraceSegments?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'ParseError',
      'InvalidTraceId',
      'MissingEndTime',
    ]);
    expect(await traceOf(document.trace_id)).toEqual([document]);
  });

  test('reads five traces a call, and leaves out what it does not know', async () => {
    const unknown = '1-6955b900-ffffffffffffffffffffffff';
    const { Traces } = await xray.send(new BatchGetTracesCommand({ TraceIds: [document.trace_id, unknown] }));
    expect(Traces).toMatchObject([{ Id: document.trace_id, Duration: 1.5 }]);

    const six = new BatchGetTracesCommand({ TraceIds: Array.from({ length: 6 }, () => unknown) });
    await expect(xray.send(six)).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });

  test('names an operation that is not emulated', async () => {
    await expect(xray.send(new GetInsightCommand({ InsightId: 'x' }))).rejects.toThrow('POST /Insight');
  });
});

describe('Transaction Search', () => {
  test('turns segments into spans in CloudWatch Logs, which X-Ray does not find', async () => {
    await xray.send(new UpdateTraceSegmentDestinationCommand({ Destination: 'CloudWatchLogs' }));
    expect(await xray.send(new GetTraceSegmentDestinationCommand({}))).toMatchObject({
      Destination: 'CloudWatchLogs',
      Status: 'ACTIVE',
    });
    const document = {
      id: 'aaaaaaaaaaaaaaaa',
      // The end of the id decides whether the trace is among the one in a hundred that are indexed.
      trace_id: '1-6955b900-0123456789abcdefffffffff',
      name: 'shop',
      start_time: 1_767_225_600.25,
      end_time: 1_767_225_600.5,
      fault: true,
    };
    await xray.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments: [JSON.stringify(document)] }));
    await started.sandbox.idle();

    const logs = started.sandbox.client(CloudWatchLogsClient);
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: 'aws/spans' }));
    expect(events.map(({ message }) => JSON.parse(message!) as unknown)).toEqual([
      {
        resource: { attributes: expect.objectContaining({ 'service.name': 'shop', 'cloud.region': 'us-east-1' }) },
        scope: { name: 'xray' },
        traceId: '6955b9000123456789abcdefffffffff',
        spanId: 'aaaaaaaaaaaaaaaa',
        flags: 1,
        name: 'shop',
        kind: 'SERVER',
        startTimeUnixNano: 1_767_225_600_250_000_000,
        endTimeUnixNano: 1_767_225_600_500_000_000,
        durationNano: 250_000_000,
        attributes: { 'aws.xray.type': 'segment' },
        status: { code: 'ERROR' },
      },
    ]);
    expect(await traceOf(document.trace_id)).toEqual([]);
  });

  test('gives a function’s spans its request id and ARN, and its calls as clients', async () => {
    await started.sandbox.deployTemplate({
      stackName: 'search',
      template: {
        Resources: { Search: { Type: 'AWS::XRay::TransactionSearchConfig', Properties: { IndexingPercentage: 0 } } },
      },
    });
    await invoke('lamp');
    await started.sandbox.idle();
    const logs = started.sandbox.client(CloudWatchLogsClient);

    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: 'aws/spans', filterPattern: '{ $.name = "lamp" }' }),
    );

    const spans = events.map(({ message }) => JSON.parse(message!) as Record<string, Record<string, unknown>>);
    expect(spans).toMatchObject([
      { kind: 'SERVER', attributes: { 'aws.xray.origin': 'AWS::Lambda' } },
      {
        kind: 'SERVER',
        parentSpanId: spans[0]?.spanId,
        attributes: {
          'aws.xray.origin': 'AWS::Lambda::Function',
          'faas.invocation_id': expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
        resource: {
          attributes: {
            'faas.name': 'lamp',
            'cloud.resource_id': 'arn:aws:lambda:us-east-1:123456789012:function:lamp',
            'cloud.platform': 'aws_lambda',
          },
        },
      },
    ]);
  });
});
