import { createRequire } from 'node:module';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import type { Template } from './cloudformation/template.ts';
import type { LoggedCall } from './core/front/call-log.ts';
import { startTestSandbox, type TestSandbox } from './testing/start-test-sandbox.ts';

const sdk = (name: string) => createRequire(import.meta.url).resolve(`@aws-sdk/client-${name}`);

/** Reads a price, books an order, and writes down its total: three calls, each of which may be repeated. */
const HANDLER = `
const { SSMClient, GetParameterCommand } = require(process.env.SSM_SDK);
const { DynamoDBClient, PutItemCommand, UpdateItemCommand } = require(process.env.DYNAMODB_SDK);
const ssm = new SSMClient({ maxAttempts: 1 });
const dynamodb = new DynamoDBClient({ maxAttempts: 1 });
exports.handler = async ({ id, nights }) => {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: process.env.PRICE }));
  const TableName = process.env.TABLE;
  await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: id }, nights: { N: String(nights) } } }));
  await dynamodb.send(new UpdateItemCommand({
    TableName, Key: { id: { S: id } }, UpdateExpression: 'SET priceUsd = :t',
    ExpressionAttributeValues: { ':t': { N: String(nights * Number(Parameter.Value)) } },
  }));
  return { id };
};`;

const TEMPLATE: Template = {
  Resources: {
    Price: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/hotel/price', Type: 'String', Value: '120' } },
    Orders: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      },
    },
    BookRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'book',
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          {
            PolicyName: 'book',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Sid: 'Price',
                  Effect: 'Allow',
                  Action: 'ssm:GetParameter',
                  Resource: {
                    'Fn::Sub': 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${Price}',
                  },
                },
                {
                  Sid: 'Book',
                  Effect: 'Allow',
                  Action: 'dynamodb:PutItem',
                  Resource: { 'Fn::GetAtt': ['Orders', 'Arn'] },
                },
                {
                  Sid: 'Total',
                  Effect: 'Allow',
                  Action: 'dynamodb:UpdateItem',
                  Resource: { 'Fn::GetAtt': ['Orders', 'Arn'] },
                },
              ],
            },
          },
        ],
      },
    },
    Book: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'book',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Timeout: 30,
        MemorySize: 512,
        Role: { 'Fn::GetAtt': ['BookRole', 'Arn'] },
        Code: { S3Bucket: 'artifacts', S3Key: 'serverless/book/1-2/book.zip' },
        Environment: {
          Variables: {
            SSM_SDK: sdk('ssm'),
            DYNAMODB_SDK: sdk('dynamodb'),
            PRICE: { Ref: 'Price' },
            TABLE: { Ref: 'Orders' },
          },
        },
      },
    },
  },
  Outputs: { Orders: { Value: { Ref: 'Orders' } } },
};

let started: TestSandbox;
let lambda: LambdaClient;
let dynamodb: DynamoDBClient;
let id: string;
let tests = 0;

beforeAll(async () => {
  started = await startTestSandbox();
  lambda = started.sandbox.client(LambdaClient);
  dynamodb = started.sandbox.client(DynamoDBClient);
  const zip = Buffer.from(zipSync({ 'index.js': strToU8(HANDLER) }));
  await started.sandbox.deployTemplate({ stackName: 'hotel', template: TEMPLATE, artifact: async () => zip });
});
afterAll(() => started.stop());
beforeEach(() => {
  id = `order-${++tests}`;
  started.sandbox.forgetCalls();
});
afterEach(() => started.sandbox.faults.clear());

const book = async (): Promise<string | undefined> => {
  const Payload = JSON.stringify({ id, nights: 2 });
  const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: 'book', Payload }));
  return FunctionError;
};
const bookLater = () =>
  lambda.send(
    new InvokeCommand({ FunctionName: 'book', InvocationType: 'Event', Payload: JSON.stringify({ id, nights: 2 }) }),
  );
const order = async () => {
  const TableName = started.sandbox.stack('hotel').outputs.Orders;
  return (await dynamodb.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }))).Item;
};
const whole = () => ({ id: { S: id }, nights: { N: '2' }, priceUsd: { N: '240' } });
const callsOf = (roleName: string): readonly LoggedCall[] =>
  started.sandbox.calls().filter((call) => call.roleName === roleName);

const OPERATIONS = ['GetParameter', 'PutItem', 'UpdateItem'];

test('a deployed function works with unmodified SDK clients, and its calls are told by its role', async () => {
  expect(await book()).toBeUndefined();
  expect(await order()).toEqual(whole());
  expect(callsOf('book').map(({ operation }) => operation)).toEqual(OPERATIONS);
});

test.each(OPERATIONS.flatMap((operation) => [[operation, 'before'] as const, [operation, 'after'] as const]))(
  'a crash at %s, %s the call, ends in the same table after the retry',
  async (operation, when) => {
    const fault = started.sandbox.faults.inject({
      operation,
      caller: ({ roleArn }) => roleArn?.endsWith('/book') === true,
      times: 1,
      effect: { kind: 'crash-caller', when },
    });
    await bookLater();
    await started.sandbox.idle();
    expect(fault.hits).toBe(1);
    expect((await order())?.priceUsd !== undefined).toBe(operation === 'UpdateItem' && when === 'after');
    await started.clock.advance(3 * 60_000);
    await started.sandbox.idle();
    expect(await order()).toEqual(whole());
  },
);

test.each(['Price', 'Book', 'Total'])('without the statement %s the function fails', async (sid) => {
  const putBack = started.sandbox.iam.withoutStatement('book', sid);
  expect(await book()).toBe('Unhandled');
  putBack();
  expect(await book()).toBeUndefined();
});

test('every statement of the role was needed', () => {
  const used = new Set(started.sandbox.iam.usage().map(({ sid }) => sid));
  expect(started.sandbox.iam.statements('book').filter(({ Sid }) => !used.has(Sid))).toEqual([]);
});
