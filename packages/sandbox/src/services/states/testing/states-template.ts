import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { strToU8, zipSync } from 'fflate';
import type { Template } from '../../../cloudformation/template.ts';

/** They answer what they were sent or throw where they are told to, store it, and return a token. */
const HANDLER = `
exports.notify = async ({ detail }) => ({ items: detail.items });
exports.store = async ({ id }) => {
  const { DynamoDBClient, PutItemCommand } = require(process.env.DYNAMODB_SDK);
  const table = new DynamoDBClient({ maxAttempts: 1 });
  await table.send(new PutItemCommand({ TableName: 'lamps', Item: { id: { S: id } } }));
  return { stored: id };
};
exports.approve = async ({ token, start }) => {
  const { SFNClient, SendTaskSuccessCommand, StartExecutionCommand } = require(process.env.SFN_SDK);
  const machines = new SFNClient({});
  await machines.send(new StartExecutionCommand({ stateMachineArn: start, input: '{"by":"function"}', name: 'by-function' }));
  await machines.send(new SendTaskSuccessCommand({ taskToken: token, output: '{"approved":true}' }));
};
exports.echo = async (event) => {
  if (event.fail) { const error = new Error('told to'); error.name = 'ToldTo'; throw error; }
  if (event.even !== undefined && event.even % 2 === 1) throw new Error('odd');
  return { echoed: event };
};
`;

/** What serverless-step-functions 3.31.2 wrote for a machine of three states with a rule; the function that it names has to be added. */
export function packagedMachine(): Template {
  const { Resources } = JSON.parse(
    readFileSync(new URL('./packaged-machine.json', import.meta.url), 'utf8'),
  ) as Template;
  const NotifyLambdaFunction = {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'notify',
      Runtime: 'nodejs24.x',
      Handler: 'index.notify',
      Timeout: 60,
      Role: 'arn:aws:iam::123456789012:role/function-role',
      Code: { S3Bucket: 'deployments', S3Key: 'code.zip' },
    },
  };
  return { Resources: { ...Resources, NotifyLambdaFunction } };
}

const trust = (service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
});
const allow = (Action: readonly string[], Resource: unknown = '*') => ({ Effect: 'Allow', Action, Resource });
const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const role = (service: string, statements: readonly object[], RoleName: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName,
    AssumeRolePolicyDocument: trust(service),
    Policies: [{ PolicyName: 'all', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
});

const sdk = (name: string) => createRequire(import.meta.url).resolve(`@aws-sdk/client-${name}`);
const lambdaFunction = (name: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: name,
    Runtime: 'nodejs24.x',
    Handler: `index.${name}`,
    Timeout: 20,
    Role: arnOf('FunctionRole'),
    Code: { S3Bucket: 'deployments', S3Key: 'code.zip' },
    Environment: { Variables: { DYNAMODB_SDK: sdk('dynamodb'), SFN_SDK: sdk('sfn') } },
  },
});

/** Functions, a queue, a table, a bucket, a role for machines that may use them, and a rule that writes down how executions end. */
export const statesTemplate: Template = {
  Resources: {
    MachineRole: role(
      'states.amazonaws.com',
      [
        allow(['lambda:InvokeFunction'], [arnOf('Echo'), arnOf('Store'), arnOf('Approve')]),
        allow(['sqs:SendMessage'], arnOf('Queue')),
        allow(['dynamodb:PutItem', 'dynamodb:GetItem'], arnOf('Table')),
        allow(['s3:GetObject', 's3:PutObject', 's3:ListBucket']),
        allow(['events:PutEvents']),
        allow(['states:StartExecution', 'states:DescribeExecution', 'states:StopExecution']),
        allow(['events:PutTargets', 'events:PutRule', 'events:DescribeRule']),
        allow(['logs:CreateLogDelivery', 'logs:PutRetentionPolicy', 'lambda:GetFunctionConfiguration']),
      ],
      'machine-role',
    ),
    FunctionRole: role(
      'lambda.amazonaws.com',
      [allow(['dynamodb:PutItem'], arnOf('Table')), allow(['states:StartExecution', 'states:SendTaskSuccess'])],
      'function-role',
    ),
    Store: lambdaFunction('store'),
    Approve: lambdaFunction('approve'),
    StartRole: role('events.amazonaws.com', [allow(['states:StartExecution'])], 'start-role'),
    Echo: lambdaFunction('echo'),
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work' } },
    Ended: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'ended' } },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'items' } },
    Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/vendedlogs/states/all' } },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'lamps',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      },
    },
    EndedRule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['aws.states'], detail: { name: [{ prefix: 'told-' }] } },
        Targets: [{ Id: 'queue', Arn: arnOf('Ended'), InputPath: '$.detail' }],
      },
    },
    Greeter: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'greeter',
        RoleArn: arnOf('MachineRole'),
        // As serverless-step-functions writes it.
        DefinitionString: {
          'Fn::Sub': [
            JSON.stringify({
              StartAt: 'Greet',
              States: {
                Greet: { Type: 'Task', QueryLanguage: 'JSONPath', Resource: '${echoArn}', End: true },
              },
            }),
            { echoArn: arnOf('Echo') },
          ],
        },
        LoggingConfiguration: {
          Level: 'ALL',
          IncludeExecutionData: true,
          Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: arnOf('Log') } }],
        },
        TracingConfiguration: { Enabled: true },
        Tags: [{ Key: 'team', Value: 'lamps' }],
      },
    },
    StartRule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['lamp.shop'] },
        Targets: [{ Id: 'machine', Arn: { Ref: 'Greeter' }, RoleArn: arnOf('StartRole'), InputPath: '$.detail' }],
      },
    },
  },
};

export async function codeArtifact(): Promise<Buffer> {
  return Buffer.from(zipSync({ 'index.js': strToU8(HANDLER) }));
}
