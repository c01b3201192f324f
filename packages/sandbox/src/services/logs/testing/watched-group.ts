import { gunzipSync } from 'node:zlib';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { startTestSandbox } from '../../../testing/start-test-sandbox.ts';
import type { ReceivedPayload } from './recorded-peers.ts';

export const logGroupName = '/aws/lambda/watched';
export const streamArn = 'arn:aws:kinesis:us-east-1:123456789012:stream/telemetry';

const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});

const role = (Service: string, Action: string, Resource: unknown) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: trust(Service),
    Policies: [
      {
        PolicyName: 'only',
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] },
      },
    ],
  },
});

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** The stack `shop`: a watched group with both doors, a queue that hears of new groups and of alarms, a bus of one's own, an alarm on a metric filter. */
export const template = {
  Resources: {
    Watched: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: logGroupName, RetentionInDays: 14 } },
    Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'telemetry', ShardCount: 1 } },
    StreamRole: role('logs.amazonaws.com', 'kinesis:PutRecord', arnOf('Stream')),
    ToStream: {
      Type: 'AWS::Logs::SubscriptionFilter',
      Properties: {
        LogGroupName: { Ref: 'Watched' },
        FilterPattern: '',
        DestinationArn: arnOf('Stream'),
        RoleArn: arnOf('StreamRole'),
      },
    },
    FunctionRole: role('lambda.amazonaws.com', 'logs:*', '*'),
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'receiver',
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: arnOf('FunctionRole'),
        Timeout: 60,
        Code: {
          ZipFile: `exports.handler = async ({ awslogs }) => {
            const payload = JSON.parse(require('node:zlib').gunzipSync(Buffer.from(awslogs.data, 'base64')));
            console.log('received ' + payload.logEvents.map((event) => event.message).join('|'));
          };`,
        },
      },
    },
    MayInvoke: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { Ref: 'Function' },
        Action: 'lambda:InvokeFunction',
        Principal: 'logs.amazonaws.com',
        SourceArn: arnOf('Watched'),
      },
    },
    ToFunction: {
      Type: 'AWS::Logs::SubscriptionFilter',
      DependsOn: 'MayInvoke',
      Properties: { LogGroupName: { Ref: 'Watched' }, FilterPattern: 'ERROR', DestinationArn: arnOf('Function') },
    },
    Errors: {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        LogGroupName: { Ref: 'Watched' },
        FilterPattern: 'ERROR',
        MetricTransformations: [{ MetricName: 'errors', MetricNamespace: 'shop', MetricValue: '1' }],
      },
    },
    Alarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: 'errors',
        Namespace: 'shop',
        MetricName: 'errors',
        Statistic: 'Sum',
        Period: '60',
        EvaluationPeriods: '1',
        Threshold: '1',
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      },
    },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'heard' } },
    MaySend: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Queue' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: arnOf('Queue'),
            },
          ],
        },
      },
    },
    Heard: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['aws.logs', 'aws.cloudwatch'], detail: { alarmName: ['errors', { exists: false }] } },
        Targets: [{ Id: 'queue', Arn: arnOf('Queue') }],
      },
    },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
    Archive: {
      Type: 'AWS::Events::Archive',
      Properties: { ArchiveName: 'all', SourceArn: arnOf('Bus'), RetentionDays: 1 },
    },
    Orders: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: { Ref: 'Bus' },
        EventPattern: { 'detail-type': ['OrderPlaced'] },
        Targets: [{ Id: 'queue', Arn: arnOf('Queue'), InputPath: '$.detail' }],
      },
    },
  },
};

/** A sandbox with {@link template}, and what of its logs arrived where. */
export async function startWatchedGroup() {
  const { sandbox, clock, stop } = await startTestSandbox();
  await sandbox.deployTemplate({ stackName: 'shop', template });
  const logs = sandbox.client(CloudWatchLogsClient);
  return {
    sandbox,
    clock,
    logs,
    stop,
    /** What the stream got so far. */
    async payloads(): Promise<readonly ReceivedPayload[]> {
      const { kinesis } = sandbox.peers;
      const [shardId = ''] = await kinesis.shards(streamArn);
      const records = await kinesis.read(streamArn, shardId, undefined, 100);
      return records.map(({ data }) => JSON.parse(gunzipSync(data).toString()) as ReceivedPayload);
    },
    async messagesOf(group: string): Promise<readonly string[]> {
      const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: group }));
      return (events ?? []).map(({ message }) => message ?? '');
    },
  };
}
export type WatchedGroup = Awaited<ReturnType<typeof startWatchedGroup>>;
