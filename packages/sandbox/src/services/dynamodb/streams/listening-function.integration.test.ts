import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Stack } from '../../../cloudformation/stack.ts';
import { startTestSandbox, type TestSandbox } from '../../../testing/start-test-sandbox.ts';

import { KEYED_BY_ID } from '../testing/keyed-by-id.ts';

let started: TestSandbox;
let dynamodb: DynamoDBClient;
beforeAll(async () => {
  started = await startTestSandbox({ services: ['s3', 'sqs', 'dynamodb', 'lambda', 'logs', 'cloudwatch', 'events'] });
  dynamodb = started.sandbox.client(DynamoDBClient);
});
afterAll(() => started.stop());

const put = (TableName: string, id: string, more = {}) =>
  dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: id }, ...more } }));

const TRUST = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
const READ = ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream', 'dynamodb:ListStreams'];

/** Fails the records whose item is bad, and puts what it was told into its log. */
const TELL = `exports.handler = async (event) => {
  console.log('TOLD ' + JSON.stringify(event.Records.map((r) => [r.eventName, r.dynamodb.Keys.id.S, r.userIdentity, r.eventSourceARN])));
  const bad = event.Records.find((r) => r.dynamodb.NewImage?.bad);
  return { batchItemFailures: bad ? [{ itemIdentifier: bad.dynamodb.SequenceNumber }] : [] };
};`;

describe('a function', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await started.sandbox.deployTemplate({
      stackName: 'listening',
      template: {
        Resources: {
          Orders: {
            Type: 'AWS::DynamoDB::Table',
            Properties: {
              ...KEYED_BY_ID,
              TableName: 'orders',
              TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
              StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
            },
          },
          Role: {
            Type: 'AWS::IAM::Role',
            Properties: {
              AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [TRUST] },
              Policies: [
                {
                  PolicyName: 'read',
                  PolicyDocument: {
                    Version: '2012-10-17',
                    Statement: [
                      { Effect: 'Allow', Action: READ, Resource: { 'Fn::GetAtt': ['Orders', 'StreamArn'] } },
                      { Effect: 'Allow', Action: ['logs:*', 'sqs:SendMessage'], Resource: '*' },
                    ],
                  },
                },
              ],
            },
          },
          Tell: {
            Type: 'AWS::Lambda::Function',
            Properties: {
              FunctionName: 'tell',
              Runtime: 'nodejs24.x',
              Handler: 'index.handler',
              Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
              Code: { ZipFile: TELL },
              Timeout: 60,
            },
          },
          Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
          Mapping: {
            Type: 'AWS::Lambda::EventSourceMapping',
            Properties: {
              FunctionName: { 'Fn::GetAtt': ['Tell', 'Arn'] },
              EventSourceArn: { 'Fn::GetAtt': ['Orders', 'StreamArn'] },
              StartingPosition: 'TRIM_HORIZON',
              BatchSize: 10,
              MaximumBatchingWindowInSeconds: 5,
              MaximumRetryAttempts: 1,
              FunctionResponseTypes: ['ReportBatchItemFailures'],
              DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Dead', 'Arn'] } } },
              FilterCriteria: {
                Filters: [{ Pattern: JSON.stringify({ dynamodb: { Keys: { id: { S: [{ prefix: 'o-' }] } } } }) }],
              },
            },
          },
        },
      },
    });
  });

  async function told(): Promise<unknown[]> {
    await started.sandbox.idle();
    const { events = [] } = await started.sandbox
      .client(CloudWatchLogsClient)
      .send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/tell', filterPattern: 'TOLD' }));
    return events.map(({ message = '' }) => JSON.parse(message.slice(message.indexOf('TOLD ') + 5)));
  }

  test('hears of batches that its filter lets through, once their window has passed', async () => {
    await put('orders', 'o-1');
    await put('orders', 'x-1');
    await put('orders', 'o-2');
    await started.clock.advance(5_000);

    const arn = stack.resources.Orders?.attributes.StreamArn;
    expect(await told()).toEqual([
      [
        ['INSERT', 'o-1', null, arn],
        ['INSERT', 'o-2', null, arn],
      ],
    ]);
  });

  test('is asked again from the record that failed, whose batch then goes to the dead letters', async () => {
    await put('orders', 'o-3');
    await put('orders', 'o-4', { bad: { BOOL: true } });
    await started.clock.advance(60_000);
    const calls = (await told()).slice(1) as [string, string][][];
    const { ReceiveMessageCommand, SQSClient } = await import('@aws-sdk/client-sqs');
    const { Messages } = await started.sandbox
      .client(SQSClient)
      .send(new ReceiveMessageCommand({ QueueUrl: stack.resources.Dead?.physicalId ?? '' }));

    expect(calls.map((records) => records.map(([, id]) => id))).toEqual([['o-3', 'o-4'], ['o-4']]);
    expect(JSON.parse(Messages?.[0]?.Body ?? '')).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted' },
      DDBStreamBatchInfo: { batchSize: 1, streamArn: stack.resources.Orders?.attributes.StreamArn },
    });
  });

  test('is told that an item expired', async () => {
    const expires = { N: String(Math.floor(started.clock.now() / 1000) + 60) };
    await put('orders', 'o-5', { expires });
    await started.clock.advance(2 * 3_600_000);

    expect((await told()).flat().at(-1)).toEqual([
      'REMOVE',
      'o-5',
      { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
      stack.resources.Orders?.attributes.StreamArn,
    ]);
  });
});
