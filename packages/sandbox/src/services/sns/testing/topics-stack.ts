import type { Template } from '../../../cloudformation/template.ts';

/** Functions of {@link template}: one shows what it gets, one fails. */
export const HANDLER = `
exports.show = async (event) => { console.log('GOT ' + JSON.stringify(event)); };
exports.fail = async () => { throw new Error('broken'); };
`;
const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const topic = { Ref: 'Topic' };
const logging = {
  Effect: 'Allow',
  Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: '*',
};
const lambdaFunction = (name: string, handler: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: name,
    Runtime: 'nodejs24.x',
    Handler: `index.${handler}`,
    Role: arnOf('Role'),
    Code: { S3Bucket: 'd', S3Key: 'code.zip' },
    Timeout: 60,
  },
});
const queue = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });
/** A topic with queues and functions that subscribe to it by filters, some of which may not take what they get; a topic that a rule tells. */
export const template: Template = {
  Resources: {
    Topic: {
      Type: 'AWS::SNS::Topic',
      Properties: {
        TopicName: 'alerts',
        DisplayName: 'Alerts',
        Tags: [{ Key: 'team', Value: 'lamps' }],
        Subscription: [{ Protocol: 'sqs', Endpoint: arnOf('All') }],
      },
    },
    TopicPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [{ Ref: 'Told' }],
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Action: 'sns:Publish',
              Resource: { Ref: 'Told' },
            },
          ],
        },
      },
    },
    Told: {
      Type: 'AWS::SNS::Topic',
      Properties: { TopicName: 'told', Subscription: [{ Protocol: 'sqs', Endpoint: arnOf('All') }] },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          {
            PolicyName: 'p',
            PolicyDocument: { Statement: [logging, { Effect: 'Allow', Action: 'sns:Publish', Resource: topic }] },
          },
        ],
      },
    },
    All: queue('all'),
    Raw: queue('raw'),
    Letters: queue('letters'),
    Closed: queue('closed'),
    QueuePolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'All' }, { Ref: 'Raw' }, { Ref: 'Letters' }],
        PolicyDocument: {
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
          ],
        },
      },
    },
    Show: lambdaFunction('show', 'show'),
    Fail: lambdaFunction('fail', 'fail'),
    ShowPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { Ref: 'Show' },
        Action: 'lambda:InvokeFunction',
        Principal: 'sns.amazonaws.com',
        SourceArn: topic,
      },
    },
    ToFunction: {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: topic, Protocol: 'lambda', Endpoint: arnOf('Show'), FilterPolicy: { kind: ['lamp'] } },
    },
    ToRaw: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: topic,
        Protocol: 'sqs',
        Endpoint: arnOf('Raw'),
        RawMessageDelivery: true,
        FilterPolicyScope: 'MessageBody',
        FilterPolicy: { lamp: { watts: [{ numeric: ['>=', 60] }] } },
      },
    },
    ToClosed: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: topic,
        Protocol: 'sqs',
        Endpoint: arnOf('Closed'),
        FilterPolicy: { closed: ['yes'] },
        RedrivePolicy: { deadLetterTargetArn: arnOf('Letters') },
      },
    },
    FailSettings: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: 'Fail' },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: topic } },
      },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['lamp'] },
        Targets: [{ Id: 't', Arn: { Ref: 'Told' }, InputPath: '$.detail' }],
      },
    },
  },
};
