import { describe, expect, test } from '@jest/globals';
import { assessCoverage } from '../assess-coverage.ts';
import {
  alarm,
  arn,
  aspectsOf,
  calledBy,
  filter,
  fn,
  group,
  heard,
  type Resources,
  reads,
  ref,
  resourceOf,
} from '../testing/templates.ts';

/** Where the framework puts a function's code, below its deployment prefix. */
const atPrefix = (prefix: string, S3Bucket: unknown = 'our-deployments') => ({
  S3Bucket,
  S3Key: `${prefix}/shop/dev/1700000000000-2023-11-14T22:13:20.000Z/shop.zip`,
});
const uploaded = atPrefix('serverless', ref('ServerlessDeploymentBucket'));
const ownZip = { S3Bucket: 'our-code', S3Key: 'ingest/1.2.3/ingest.zip' };
const inBucket = { ...ownZip, S3Bucket: ref('ServerlessDeploymentBucket') };
const image = { ImageUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:6bb600b4d6e1d7cf521097177dd0c4e9' };
const hash = 'q8Jm3fYtV2xkLr0aZpN6sWcE1dUoB5hTgR7iKy4nM';
const version = resourceOf('AWS::Lambda::Version', { FunctionName: ref('BookLambdaFunction') });
/** What the framework adds to the stack of each service. */
const framework = {
  IamRoleLambdaExecution: resourceOf('AWS::IAM::Role'),
  ServerlessDeploymentBucket: resourceOf('AWS::S3::Bucket'),
};

const accountPolicy = (PolicyDocument: unknown, more: Record<string, unknown> = {}) =>
  resourceOf('AWS::Logs::AccountPolicy', { PolicyType: 'SUBSCRIPTION_FILTER_POLICY', PolicyDocument, ...more });

describe('Lambda', () => {
  test.each<[string, Resources, string]>([
    ['nothing', {}, ''],
    ['a filter on its group by name', { F: filter('/aws/lambda/shop-book') }, 'subscription F'],
    ['a filter on its group by reference', { G: group, F: filter(ref('G')) }, 'subscription F'],
    ['a filter that builds the name', { F: filter({ 'Fn::Sub': '/aws/lambda/${Book}' }) }, 'subscription F'],
    ["a filter on another function's group", { F: filter('/aws/lambda/shop-book-2') }, ''],
    [
      'a policy of the account',
      { P: accountPolicy('{"DestinationArn":"arn","FilterPattern":""}') },
      'account-policy P',
    ],
    [
      'a policy of the account that CloudFormation puts together',
      { P: accountPolicy({ 'Fn::Sub': '{"DestinationArn":"${Door.Arn}"}' }) },
      'account-policy P',
    ],
    ['a policy for some lines', { P: accountPolicy('{"DestinationArn":"arn","FilterPattern":"ERROR"}') }, ''],
    ['a policy that cannot be read', { P: accountPolicy({ 'Fn::ImportValue': 'policy' }) }, ''],
    [
      'a policy that leaves its group out',
      {
        P: accountPolicy(
          { DestinationArn: 'arn' },
          { SelectionCriteria: 'LogGroupName NOT IN ["/aws/lambda/shop-book"]' },
        ),
      },
      '',
    ],
    [
      'a policy that leaves another group out',
      {
        P: accountPolicy(
          { DestinationArn: 'arn' },
          { SelectionCriteria: 'LogGroupName NOT IN ["/aws/lambda/shop-books"]' },
        ),
      },
      'account-policy P',
    ],
    ['a filter for some lines', { F: filter('/aws/lambda/shop-book', '"ORDER_PLACED"') }, ''],
    [
      'a policy that masks data',
      { P: resourceOf('AWS::Logs::AccountPolicy', { PolicyType: 'DATA_PROTECTION_POLICY' }) },
      '',
    ],
    ['an alarm on its errors', { A: alarm('AWS/Lambda', 'Errors', 'FunctionName', ref('Book')) }, 'alarm A'],
    ['an alarm by its name', { A: alarm('AWS/Lambda', 'Errors', 'FunctionName', 'shop-book') }, 'alarm A'],
    ['an alarm on its duration', { A: alarm('AWS/Lambda', 'Duration', 'FunctionName', 'shop-book') }, ''],
    ["another function's alarm", { A: alarm('AWS/Lambda', 'Errors', 'FunctionName', 'shop-books') }, ''],
    [
      'metric math over its errors',
      {
        A: resourceOf('AWS::CloudWatch::Alarm', {
          Metrics: [
            { Id: 'rate', Expression: 'e' },
            {
              Id: 'e',
              MetricStat: {
                Metric: {
                  Namespace: 'AWS/Lambda',
                  MetricName: 'Errors',
                  Dimensions: [{ Name: 'FunctionName', Value: ref('Book') }],
                },
              },
            },
          ],
        }),
      },
      'alarm A',
    ],
  ])('failures are seen by %s', (_name, others, watchedBy) => {
    expect(aspectsOf('Book', { Book: fn(), ...others })).toEqual({ failures: watchedBy });
  });

  test('an account that subscribes everything is told from outside', () => {
    expect(aspectsOf('Book', { Book: fn() }, { accountWatched: true })).toEqual({ failures: 'account-policy' });
  });

  test('a log group that is subscribed from elsewhere is told from outside', () => {
    const resourceOf = (name: string) => aspectsOf('Book', { Book: fn() }, { subscribedGroups: [name] });
    expect(resourceOf('/aws/lambda/shop-book')).toEqual({ failures: 'subscription' });
    expect(resourceOf('/aws/lambda/shop')).toEqual({ failures: '' });
  });

  test('a log group of its own takes the place of the usual one', () => {
    const Book = fn({ LoggingConfig: { LogGroup: '/shop/all' } });
    expect(aspectsOf('Book', { Book, F: filter('/shop/all') })).toEqual({ failures: 'subscription F' });
    expect(aspectsOf('Book', { Book, F: filter('/aws/lambda/shop-book') })).toEqual({ failures: '' });
  });

  test('logs that nobody can subscribe are heard by no subscription', () => {
    const Rare = resourceOf('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/lambda/shop-book',
      LogGroupClass: 'INFREQUENT_ACCESS',
    });
    expect(aspectsOf('Book', { Book: fn(), Rare }, { accountWatched: true })).toEqual({ failures: '' });
    expect(aspectsOf('Book', { ...heard, Rare })).toEqual({ failures: '' });
    const BookLambdaFunction = fn({ Code: uploaded });
    const logless = { BookLambdaFunction };
    const options = { accountWatched: true };
    expect(aspectsOf('BookLambdaFunction', logless, options)).toEqual({ failures: '' });
    expect(aspectsOf('BookLambdaFunction', { ...logless, BookLogGroup: group }, options)).toEqual({
      failures: 'account-policy',
    });
    const { resources } = assessCoverage({ Resources: logless });
    expect(resources[0]?.aspects[0]?.mend).toMatch(/^have it log to a group of the class STANDARD \(no disableLogs\)/);
    const Elsewhere = fn({ Code: uploaded, LoggingConfig: { LogGroup: '/shop/all' } });
    expect(aspectsOf('BookLambdaFunction', { ...logless, BookLambdaFunction: Elsewhere }, options)).toEqual({
      failures: 'account-policy',
    });
  });

  test.each<[string, Resources, string]>([
    ['below a prefix of its own', { BookLambdaFunction: fn({ Code: atPrefix('releases/all') }) }, ''],
    ['below no prefix', { BookLambdaFunction: fn({ Code: atPrefix('') }) }, ''],
    ['as an image', { BookLambdaFunction: fn({ Code: image }), [`BookLambdaVersion${hash}`]: version }, ''],
    [
      'as an image by the service itself',
      { BookLambdaFunction: fn({ Code: image }), BookLambdaVersion: version },
      'written',
    ],
    ['by the service itself', { BookLambdaFunction: fn({ Code: ownZip }), ...framework }, 'written'],
    ['by the service itself, into the bucket', { BookLambdaFunction: fn({ Code: inBucket }), ...framework }, 'written'],
    ['inside the template', { BookLambdaFunction: fn({ Code: { ZipFile: '…' } }), ...framework }, 'written'],
  ])('without a log group, only code that the framework brings writes no logs: brought %s', (_name, stack, logs) => {
    const watchedBy = logs === 'written' ? 'account-policy' : '';
    expect(aspectsOf('BookLambdaFunction', stack, { accountWatched: true })).toEqual({ failures: watchedBy });
  });

  test("the framework's own functions raise no question: a deploy sees them fail", () => {
    const CustomDashresourceDashexistingDashs3LambdaFunction = fn();
    const stack = { CustomDashresourceDashexistingDashs3LambdaFunction, CustomDashresourceLambdaFunction: fn() };
    expect(aspectsOf('CustomDashresourceDashexistingDashs3LambdaFunction', stack)).toEqual({});
    expect(aspectsOf('CustomDashresourceLambdaFunction', stack)).toEqual({ failures: '' });
  });

  test('a gateway waits for its answer', () => {
    expect(aspectsOf('Book', { ...heard, P: calledBy('apigateway.amazonaws.com') })).toEqual({
      failures: 'subscription Heard',
    });
  });

  test('a function that only a queue calls is seen by the alarm on what it gave up', () => {
    const Q = resourceOf('AWS::SQS::Queue', {
      RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 3 },
    });
    const stack = { Book: fn(), Q, Dead: resourceOf('AWS::SQS::Queue'), M: reads('Q') };
    const A = alarm('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', {
      'Fn::GetAtt': ['Dead', 'QueueName'],
    });
    expect(aspectsOf('Book', stack)).toEqual({ failures: '' });
    expect(aspectsOf('Book', { ...stack, A })).toEqual({ failures: 'dead-letter Dead' });
    expect(aspectsOf('Book', { ...stack, A, P: calledBy('apigateway.amazonaws.com') })).toEqual({ failures: '' });
    const S = resourceOf('AWS::Scheduler::Schedule', { Target: { Arn: arn('Book') } });
    expect(aspectsOf('Book', { ...stack, A, S }).failures).toBe('');
    const Policies = [{ PolicyDocument: { Statement: { Action: 'lambda:InvokeFunction', Resource: arn('Book') } } }];
    const Other = resourceOf('AWS::Lambda::Function', { FunctionName: 'other', Role: arn('R') });
    expect(aspectsOf('Book', { ...stack, A, Other, R: resourceOf('AWS::IAM::Role', { Policies }) }).failures).toBe('');
  });

  test('a function that only streams call is seen by the alarm on its lag', () => {
    const stack = { Book: fn(), S: resourceOf('AWS::Kinesis::Stream'), M: reads('S', { StartingPosition: 'LATEST' }) };
    const A = alarm('AWS/Lambda', 'IteratorAge', 'FunctionName', ref('Book'));
    expect(aspectsOf('Book', { ...stack, A })).toEqual({ failures: 'alarm A' });
    const others = { ...stack, A, P: calledBy('apigateway.amazonaws.com') };
    expect(aspectsOf('Book', others)).toEqual({ failures: '' });
  });

  test('a function that only workflows call is seen by the alarms on their executions', () => {
    const machine = resourceOf('AWS::StepFunctions::StateMachine', {
      DefinitionString: { 'Fn::Sub': '{"Resource":"${Book.Arn}"}' },
    });
    const stack = { Book: fn(), M: machine };
    const A = alarm('AWS/States', 'ExecutionsFailed', 'StateMachineArn', ref('M'));
    expect(aspectsOf('Book', stack)).toEqual({ failures: '' });
    expect(aspectsOf('Book', { ...stack, A })).toEqual({ failures: 'alarm A' });
    expect(aspectsOf('Book', { ...stack, A, N: machine })).toEqual({ failures: '' });
    const others = { ...stack, A, P: calledBy('apigateway.amazonaws.com') };
    expect(aspectsOf('Book', others)).toEqual({ failures: '' });
  });

  test('a mapping of a stream needs a place for poison, one of a queue does not', () => {
    const stack = { ...heard, S: resourceOf('AWS::Kinesis::Stream'), Q: resourceOf('AWS::SQS::Queue') };
    expect(aspectsOf('M', { ...stack, M: reads('S', { StartingPosition: 'LATEST' }) })).toEqual({
      'poison-records': '',
    });
    const DestinationConfig = { OnFailure: { Destination: arn('Q') } };
    expect(aspectsOf('M', { ...stack, M: reads('S', { StartingPosition: 'LATEST', DestinationConfig }) })).toEqual({
      'poison-records': 'dead-letter Q',
    });
    expect(aspectsOf('M', { ...stack, M: reads('Q') })).toEqual({});
  });
});
