import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import type { Template } from '../../../cloudformation/template.ts';

/** Answers what it was sent; throws, dies or hangs where it is told to. */
const HANDLER = `
exports.notify = async ({ detail }) => ({ items: detail.items });
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

/** A function, a queue, a table, a bucket, a role for machines that may use them, and a rule that writes down how executions end. */
export const statesTemplate: Template = {
  Resources: {
    MachineRole: role(
      'states.amazonaws.com',
      [
        allow(['lambda:InvokeFunction'], arnOf('Echo')),
        allow(['sqs:SendMessage'], arnOf('Queue')),
        allow(['dynamodb:PutItem', 'dynamodb:GetItem'], arnOf('Table')),
        allow(['s3:GetObject', 's3:PutObject', 's3:ListBucket']),
        allow(['events:PutEvents']),
        allow(['states:StartExecution', 'states:DescribeExecution', 'states:StopExecution']),
        allow(['events:PutTargets', 'events:PutRule', 'events:DescribeRule']),
        allow(['logs:CreateLogDelivery']),
      ],
      'machine-role',
    ),
    FunctionRole: role('lambda.amazonaws.com', [], 'function-role'),
    StartRole: role('events.amazonaws.com', [allow(['states:StartExecution'])], 'start-role'),
    Echo: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'echo',
        Runtime: 'nodejs24.x',
        Handler: 'index.echo',
        Role: arnOf('FunctionRole'),
        Code: { S3Bucket: 'deployments', S3Key: 'code.zip' },
      },
    },
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
