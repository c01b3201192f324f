import { describe, expect, test } from '@jest/globals';
import { assessCoverage, type CoverageOptions } from './assess-coverage.ts';
import type { TemplateResource } from './template.ts';

type Resources = Readonly<Record<string, TemplateResource>>;

const ref = (id: string) => ({ Ref: id });
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const of = (Type: string, Properties: Record<string, unknown> = {}): TemplateResource => ({ Type, Properties });

/** The aspects of one resource: what watches each, or that nothing does. */
function aspectsOf(logicalId: string, resources: Resources, options?: CoverageOptions): Record<string, string> {
  const report = assessCoverage({ Resources: resources }, options);
  const found = report.resources.find((resource) => resource.logicalId === logicalId);
  return Object.fromEntries(
    (found?.aspects ?? []).map(({ aspect, watchedBy }) => [
      aspect,
      watchedBy.map(({ kind, through }) => [kind, ...through].join(' ')).join(', '),
    ]),
  );
}

const fn = (more: Record<string, unknown> = {}) => of('AWS::Lambda::Function', { FunctionName: 'shop-book', ...more });
const alarm = (Namespace: string, MetricName: string, Name: string, Value: unknown) =>
  of('AWS::CloudWatch::Alarm', { Namespace, MetricName, Dimensions: [{ Name, Value }] });
const filter = (LogGroupName: unknown) =>
  of('AWS::Logs::SubscriptionFilter', { LogGroupName, DestinationArn: 'arn', FilterPattern: '' });
const calledBy = (Principal: string) =>
  of('AWS::Lambda::Permission', { FunctionName: arn('Book'), Principal, Action: 'lambda:InvokeFunction' });
const group = of('AWS::Logs::LogGroup', { LogGroupName: '/aws/lambda/shop-book' });
const reads = (source: string, more: Record<string, unknown> = {}) =>
  of('AWS::Lambda::EventSourceMapping', { EventSourceArn: arn(source), FunctionName: arn('Book'), ...more });
const heard = { Book: fn(), Heard: filter('/aws/lambda/shop-book') };

describe('Lambda', () => {
  test.each<[string, Resources, string]>([
    ['nothing', {}, ''],
    ['a filter on its group by name', { F: filter('/aws/lambda/shop-book') }, 'subscription F'],
    ['a filter on its group by reference', { G: group, F: filter(ref('G')) }, 'subscription F'],
    ['a filter that builds the name', { F: filter({ 'Fn::Sub': '/aws/lambda/${Book}' }) }, 'subscription F'],
    ["a filter on another function's group", { F: filter('/aws/lambda/shop-book-2') }, ''],
    [
      'a policy of the account',
      { P: of('AWS::Logs::AccountPolicy', { PolicyType: 'SUBSCRIPTION_FILTER_POLICY' }) },
      'account-policy P',
    ],
    ['a policy that masks data', { P: of('AWS::Logs::AccountPolicy', { PolicyType: 'DATA_PROTECTION_POLICY' }) }, ''],
    ['an alarm on its errors', { A: alarm('AWS/Lambda', 'Errors', 'FunctionName', ref('Book')) }, 'alarm A'],
    ['an alarm by its name', { A: alarm('AWS/Lambda', 'Errors', 'FunctionName', 'shop-book') }, 'alarm A'],
    ['an alarm on its duration', { A: alarm('AWS/Lambda', 'Duration', 'FunctionName', 'shop-book') }, ''],
    ["another function's alarm", { A: alarm('AWS/Lambda', 'Errors', 'FunctionName', 'shop-books') }, ''],
    [
      'metric math over its errors',
      {
        A: of('AWS::CloudWatch::Alarm', {
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
    const of = (name: string) => aspectsOf('Book', { Book: fn() }, { subscribedGroups: [name] });
    expect(of('/aws/lambda/shop-book')).toEqual({ failures: 'subscription' });
    expect(of('/aws/lambda/shop')).toEqual({ failures: '' });
  });

  test('a log group of its own takes the place of the usual one', () => {
    const Book = fn({ LoggingConfig: { LogGroup: '/shop/all' } });
    expect(aspectsOf('Book', { Book, F: filter('/shop/all') })).toEqual({ failures: 'subscription F' });
    expect(aspectsOf('Book', { Book, F: filter('/aws/lambda/shop-book') })).toEqual({ failures: '' });
  });

  test('what is called asynchronously needs a place for what failed', () => {
    const others = { ...heard, P: calledBy('events.amazonaws.com') };
    const config = of('AWS::Lambda::EventInvokeConfig', {
      FunctionName: ref('Book'),
      DestinationConfig: { OnFailure: { Destination: arn('Q') } },
    });
    const Q = of('AWS::SQS::Queue');
    expect(aspectsOf('Book', others)).toEqual({ failures: 'subscription Heard', 'lost-events': '' });
    expect(aspectsOf('Book', { ...others, Q, C: config })['lost-events']).toBe('dead-letter Q');
    const Book = fn({ DeadLetterConfig: { TargetArn: arn('Q') } });
    expect(aspectsOf('Book', { ...others, Book, Q })['lost-events']).toBe('dead-letter Q');
  });

  test('a gateway waits for its answer', () => {
    expect(aspectsOf('Book', { ...heard, P: calledBy('apigateway.amazonaws.com') })).toEqual({
      failures: 'subscription Heard',
    });
  });

  test('a function that only a queue calls is seen by the alarm on what it gave up', () => {
    const Q = of('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 3 } });
    const stack = { Book: fn(), Q, Dead: of('AWS::SQS::Queue'), M: reads('Q') };
    const A = alarm('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', {
      'Fn::GetAtt': ['Dead', 'QueueName'],
    });
    expect(aspectsOf('Book', stack)).toEqual({ failures: '' });
    expect(aspectsOf('Book', { ...stack, A })).toEqual({ failures: 'dead-letter Dead' });
    expect(aspectsOf('Book', { ...stack, A, P: calledBy('apigateway.amazonaws.com') })).toEqual({ failures: '' });
  });

  test('a function that only streams call is seen by the alarm on its lag', () => {
    const stack = { Book: fn(), S: of('AWS::Kinesis::Stream'), M: reads('S', { StartingPosition: 'LATEST' }) };
    const A = alarm('AWS/Lambda', 'IteratorAge', 'FunctionName', ref('Book'));
    expect(aspectsOf('Book', { ...stack, A })).toEqual({ failures: 'alarm A' });
    const others = { ...stack, A, P: calledBy('apigateway.amazonaws.com') };
    expect(aspectsOf('Book', others)).toEqual({ failures: '' });
  });

  test('a function that only workflows call is seen by the alarms on their executions', () => {
    const machine = of('AWS::StepFunctions::StateMachine', {
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
    const stack = { ...heard, S: of('AWS::Kinesis::Stream'), Q: of('AWS::SQS::Queue') };
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

describe('queues and streams', () => {
  test('a queue is seen through its readers, and needs a place for poison', () => {
    const Q = of('AWS::SQS::Queue');
    expect(aspectsOf('Q', { Q })).toEqual({ backlog: '' });
    expect(aspectsOf('Q', { ...heard, Q, M: reads('Q') })).toEqual({
      backlog: 'consumers Book',
      'poison-messages': '',
    });
    expect(aspectsOf('Q', { Book: fn(), Q, M: reads('Q') })).toEqual({ backlog: '', 'poison-messages': '' });
  });

  test.each([
    ['a queue', of('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: arn('Dead') } })],
    ['a rule', of('AWS::Events::Rule', { Targets: [{ Arn: 'x', DeadLetterConfig: { Arn: arn('Dead') } }] })],
    ['a topic subscription', of('AWS::SNS::Subscription', { RedrivePolicy: { deadLetterTargetArn: arn('Dead') } })],
    ['a function', fn({ DeadLetterConfig: { TargetArn: arn('Dead') } })],
  ])('where %s puts what failed, somebody has to look', (_name, Other) => {
    const stack = { Other, Dead: of('AWS::SQS::Queue', { QueueName: 'dead' }) };
    expect(aspectsOf('Dead', stack)).toEqual({ arrivals: '' });
    const A = alarm('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', 'dead');
    expect(aspectsOf('Dead', { ...stack, A })).toEqual({ arrivals: 'alarm A' });
  });

  test('a stream is seen through its readers or its alarms', () => {
    const S = of('AWS::Kinesis::Stream', { Name: 'clicks' });
    expect(aspectsOf('S', { S })).toEqual({ lag: '' });
    expect(aspectsOf('S', { ...heard, S, M: reads('S', { StartingPosition: 'LATEST' }) })).toEqual({
      lag: 'consumers Book',
    });
    const A = alarm('AWS/Kinesis', 'GetRecords.IteratorAgeMilliseconds', 'StreamName', 'clicks');
    expect(aspectsOf('S', { S, A })).toEqual({ lag: 'alarm A' });
  });
});

describe('stores', () => {
  test.each([
    ['AWS::DynamoDB::Table', { TableName: 'orders' }, 'AWS/DynamoDB', 'TableName', 'orders'],
    ['AWS::S3::Bucket', { BucketName: 'orders' }, 'AWS/S3', 'BucketName', 'orders'],
    ['AWS::RDS::DBCluster', {}, 'AWS/RDS', 'DBClusterIdentifier', ref('Store')],
    ['AWS::ElastiCache::ServerlessCache', {}, 'AWS/ElastiCache', 'clusterId', ref('Store')],
    ['AWS::OpenSearchServerless::Collection', { Name: 'orders' }, 'AWS/AOSS', 'CollectionName', 'orders'],
  ])('%s is seen by an alarm, or through all that use it', (type, properties, namespace, dimension, value) => {
    const Store = of(type, properties);
    const Environment = { Variables: { STORE: ref('Store') } };
    const user = { Book: fn({ Environment }), Heard: filter('/aws/lambda/shop-book') };
    const other = of('AWS::Lambda::Function', { FunctionName: 'other', Environment });
    expect(aspectsOf('Store', { Store })).toEqual({ calls: '' });
    expect(aspectsOf('Store', { Store, A: alarm(namespace, 'Any', dimension, value) })).toEqual({ calls: 'alarm A' });
    expect(aspectsOf('Store', { Store, ...user })).toEqual({ calls: 'callers Book' });
    expect(aspectsOf('Store', { Store, ...user, Other: other })).toEqual({ calls: '' });
  });

  test("a caller whose own caller sees the error stands in nobody's way, and is not enough alone", () => {
    const Environment = { Variables: { STORE: ref('Store') } };
    const stack = {
      Store: of('AWS::DynamoDB::Table'),
      Book: fn({ Environment }),
      Read: of('AWS::Lambda::Function', { FunctionName: 'read', Environment }),
    };
    const options = { exemptions: [{ resource: 'Read', reason: 'who reads gets the error' }] };
    expect(aspectsOf('Store', stack, options)).toEqual({ calls: '' });
    const watched = { ...stack, Heard: filter('/aws/lambda/shop-book') };
    expect(aspectsOf('Store', watched, options)).toEqual({ calls: 'callers Book' });
    expect(aspectsOf('Store', watched)).toEqual({ calls: '' });
  });

  test('who uses it is read from roles where no environment tells', () => {
    const Policies = [{ PolicyDocument: { Statement: [{ Resource: [arn('Store')] }] } }];
    const stack = {
      Store: of('AWS::DynamoDB::Table'),
      Role: of('AWS::IAM::Role', { Policies }),
      Book: fn({ Role: arn('Role') }),
      Heard: filter('/aws/lambda/shop-book'),
    };
    expect(aspectsOf('Store', stack)).toEqual({ calls: 'callers Book' });
  });

  test("the framework's own bucket holds nothing to watch", () => {
    expect(aspectsOf('ServerlessDeploymentBucket', { ServerlessDeploymentBucket: of('AWS::S3::Bucket') })).toEqual({});
  });

  test('an instance is watched as its cluster', () => {
    const stack = {
      C: of('AWS::RDS::DBCluster', { EnableCloudwatchLogsExports: ['postgresql'] }),
      I: of('AWS::RDS::DBInstance', { DBClusterIdentifier: ref('C') }),
    };
    expect(aspectsOf('C', stack)).toEqual({ calls: 'execution-log' });
    expect(aspectsOf('I', stack)).toEqual({});
  });
});

describe('gateways, workflows, topics, rules', () => {
  const stage = (type: string, api: string, more: Record<string, unknown>) => of(type, { [api]: ref('Api'), ...more });

  test.each<[string, TemplateResource, Resources, string]>([
    ['HTTP API, no log', of('AWS::ApiGatewayV2::Api'), { S: stage('AWS::ApiGatewayV2::Stage', 'ApiId', {}) }, ''],
    [
      'HTTP API with an access log',
      of('AWS::ApiGatewayV2::Api'),
      { S: stage('AWS::ApiGatewayV2::Stage', 'ApiId', { AccessLogSettings: { DestinationArn: 'x' } }) },
      'access-log S',
    ],
    ['REST API, no log', of('AWS::ApiGateway::RestApi'), {}, ''],
    [
      "REST API with the framework's log group",
      of('AWS::ApiGateway::RestApi'),
      { ApiGatewayLogGroup: of('AWS::Logs::LogGroup') },
      'access-log ApiGatewayLogGroup',
    ],
    [
      'REST API that is traced',
      of('AWS::ApiGateway::RestApi'),
      { S: stage('AWS::ApiGateway::Stage', 'RestApiId', { TracingEnabled: true }) },
      'tracing S',
    ],
  ])('%s', (_name, Api, others, watchedBy) => {
    expect(aspectsOf('Api', { Api, ...others })).toEqual({ requests: watchedBy });
  });

  test.each<[string, Record<string, unknown>, Resources, string]>([
    ['nothing', {}, {}, ''],
    ['a log that is off', { LoggingConfiguration: { Level: 'OFF', Destinations: [{}] } }, {}, ''],
    ['a log', { LoggingConfiguration: { Level: 'ERROR', Destinations: [{}] } }, {}, 'execution-log'],
    ['traces', { TracingConfiguration: { Enabled: true } }, {}, 'tracing'],
    [
      'a rule on its failures',
      {},
      { R: of('AWS::Events::Rule', { EventPattern: { source: ['aws.states'], detail: { status: ['FAILED'] } } }) },
      'event-rule R',
    ],
    [
      'a rule on its successes',
      {},
      { R: of('AWS::Events::Rule', { EventPattern: { source: ['aws.states'], detail: { status: ['SUCCEEDED'] } } }) },
      '',
    ],
  ])("a workflow's failures are seen by %s", (_name, properties, others, watchedBy) => {
    const Machine = of('AWS::StepFunctions::StateMachine', properties);
    expect(aspectsOf('Machine', { Machine, ...others })).toEqual({ failures: watchedBy });
  });

  test('a topic needs a place for what each subscriber did not take', () => {
    const Topic = of('AWS::SNS::Topic');
    const subscription = (more: Record<string, unknown>) =>
      of('AWS::SNS::Subscription', { TopicArn: ref('Topic'), ...more });
    const letters = { RedrivePolicy: { deadLetterTargetArn: arn('Q') } };
    const Q = of('AWS::SQS::Queue');
    expect(aspectsOf('Topic', { Topic, Q, A: subscription(letters) })).toEqual({ deliveries: 'dead-letter Q' });
    expect(aspectsOf('Topic', { Topic, Q, A: subscription(letters), B: subscription({}) })).toEqual({ deliveries: '' });
  });

  test('a rule needs a place for what each target did not take', () => {
    const rule = (...Targets: unknown[]) => of('AWS::Events::Rule', { Targets });
    const letters = { DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:dead' } };
    expect(aspectsOf('R', { R: rule(letters) })).toEqual({ 'lost-events': 'dead-letter' });
    expect(aspectsOf('R', { R: rule(letters, {}) })).toEqual({ 'lost-events': '' });
  });

  test('a bus needs an archive, a schedule a place for what was not taken, a distribution its log', () => {
    const stack = {
      Bus: of('AWS::Events::EventBus'),
      Archive: of('AWS::Events::Archive', { SourceArn: arn('Bus') }),
      Daily: of('AWS::Scheduler::Schedule', { Target: { DeadLetterConfig: { Arn: 'x' } } }),
      Cdn: of('AWS::CloudFront::Distribution', { DistributionConfig: { Logging: { Bucket: 'b' } } }),
      Delivery: of('AWS::KinesisFirehose::DeliveryStream', {
        ExtendedS3DestinationConfiguration: { CloudWatchLoggingOptions: { Enabled: true } },
      }),
      Pipe: of('AWS::Pipes::Pipe'),
    };
    const seen = Object.keys(stack).map((id) => Object.values(aspectsOf(id, stack)).join());
    expect(seen).toEqual(['execution-log Archive', '', 'dead-letter', 'access-log', 'execution-log', '']);
  });
});

describe('the report', () => {
  const two = { Book: fn(), Heard: filter('/aws/lambda/shop-book'), Other: of('AWS::Lambda::Function') };

  test('counts resources, and cuts off', () => {
    expect(assessCoverage({ Resources: two })).toMatchObject({ coveragePct: 50, watched: 1, unwatched: 1, exempt: 0 });
    const third = { ...two, Third: of('AWS::Lambda::Function') };
    expect(assessCoverage({ Resources: third }).coveragePct).toBe(33.3);
    expect(assessCoverage({}).coveragePct).toBe(100);
  });

  test('an exemption counts neither way, and one without need is told', () => {
    const exemptions = [
      { resource: 'Oth*', aspect: 'failures', reason: 'its caller sees the error' },
      { resource: 'Book', reason: 'not needed: it is watched' },
      { resource: 'Gone', reason: 'there is none' },
    ];
    const report = assessCoverage({ Resources: two }, { exemptions });
    expect(report).toMatchObject({ coveragePct: 100, watched: 1, unwatched: 0, exempt: 1 });
    expect(report.idleExemptions.map(({ resource }) => resource)).toEqual(['Book', 'Gone']);
  });

  test('an exemption of one question leaves the others open', () => {
    const stack = { Book: fn(), P: calledBy('sns.amazonaws.com') };
    const exemptions = [{ resource: 'Book', aspect: 'lost-events', reason: 'sent again tomorrow' }];
    expect(assessCoverage({ Resources: stack }, { exemptions }).unwatched).toBe(1);
  });

  test('names the types that it knows nothing about', () => {
    const stack = { Pool: of('AWS::Cognito::UserPool'), Role: of('AWS::IAM::Role'), Hook: of('Custom::S3') };
    expect(assessCoverage({ Resources: stack }).notAssessed).toEqual([
      { type: 'AWS::Cognito::UserPool', logicalIds: ['Pool'] },
    ]);
  });
});
