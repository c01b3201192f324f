import { describe, expect, test } from '@jest/globals';
import { idleCostPerHour, standingCharges } from './standing-charges.ts';
import type { Template } from './template.ts';

type Properties = Record<string, unknown>;

const stack = (Resources: NonNullable<Template['Resources']>): Template => ({ Resources });
const chargeOf = (Type: string, Properties: Properties = {}, others: Template['Resources'] = {}) =>
  standingCharges(stack({ Subject: { Type, Properties }, ...others })).find(({ logicalId }) => logicalId === 'Subject');

const Greet = { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 512, Architectures: ['arm64'] } };

describe('standingCharges', () => {
  test.each<[string, Properties, number]>([
    ['AWS::Lambda::Function', { MemorySize: 1024 }, 0],
    ['AWS::S3::Bucket', {}, 0],
    ['AWS::Logs::LogGroup', { RetentionInDays: 30 }, 0],
    ['AWS::KinesisFirehose::DeliveryStream', {}, 0],
    ['AWS::SSM::Parameter', { Type: 'String' }, 0],
    ['AWS::Events::Rule', { EventPattern: { source: ['a'] } }, 0],
    ['AWS::DynamoDB::Table', { BillingMode: 'PAY_PER_REQUEST', GlobalSecondaryIndexes: [{}] }, 0],
    ['AWS::Kinesis::Stream', { StreamModeDetails: { StreamMode: 'ON_DEMAND' } }, 29.2],
    ['AWS::Kinesis::Stream', { ShardCount: 2 }, 21.9],
    ['AWS::Kinesis::Stream', { ShardCount: 1, RetentionPeriodHours: 48 }, 25.55],
    ['AWS::KMS::Key', {}, 1],
    ['AWS::KMS::Alias', {}, 0],
    ['AWS::SecretsManager::Secret', {}, 0.4],
    ['AWS::SecretsManager::SecretTargetAttachment', {}, 0],
    ['AWS::RDS::DBCluster', { MasterUserPassword: 'x' }, 0],
    ['AWS::RDS::DBCluster', { ManageMasterUserPassword: true }, 0.4],
    ['AWS::RDS::DBClusterParameterGroup', {}, 0],
    ['AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 0, MaxCapacity: 10 }, 0],
    ['AWS::ApplicationAutoScaling::ScalingPolicy', { PolicyType: 'TargetTrackingScaling' }, 0.2],
    ['AWS::ApplicationAutoScaling::ScalingPolicy', { PolicyType: 'StepScaling' }, 0],
    ['AWS::SES::EmailIdentity', {}, 0],
    ['AWS::CloudWatch::Alarm', { Period: 300 }, 0.1],
    ['AWS::CloudWatch::Alarm', { Period: 10 }, 0.3],
    ['AWS::CloudWatch::CompositeAlarm', {}, 0.5],
    ['AWS::WAFv2::WebACL', { Rules: [{}, {}] }, 7],
    ['AWS::EC2::NatGateway', {}, 32.85],
    ['AWS::ElastiCache::ServerlessCache', { Engine: 'valkey' }, 6.132],
    ['AWS::OpenSearchServerless::Collection', { Type: 'TIMESERIES' }, 350.4],
    ['AWS::OpenSearchServerless::CollectionGroup', { CapacityLimits: { MinSearchCapacityInOcu: 1 } }, 175.2],
    ['Custom::S3', {}, 0],
  ])('%s %j costs $%d a month at rest', (type, properties, usd) => {
    expect(chargeOf(type, properties)?.monthlyUsd).toBeCloseTo(usd, 6);
  });

  test.each([
    'AWS::ApiGatewayV2::Api',
    'AWS::ApiGatewayV2::Stage',
    'AWS::ApiGatewayV2::Route',
    'AWS::ApiGatewayV2::Integration',
    'AWS::ApiGatewayV2::Authorizer',
    'AWS::ApiGatewayV2::Deployment',
    'AWS::CloudFront::Distribution',
    'AWS::CloudFront::Function',
    'AWS::CloudFront::OriginAccessControl',
    'AWS::CloudFront::CachePolicy',
    'AWS::CloudFront::OriginRequestPolicy',
    'AWS::CloudFront::ResponseHeadersPolicy',
  ])('%s costs nothing at rest', (type) => {
    expect(chargeOf(type)).toMatchObject({ basis: 'none', monthlyUsd: 0 });
  });

  describe('what is decided by a parameter is priced at its default', () => {
    const Parameters = {
      Size: { Default: '512' },
      Chip: { Default: 'arm64' },
      Few: { Default: 2 },
      Mode: { Default: 'ON_DEMAND' },
    };
    const [size, few] = [{ Ref: 'Size' }, { Ref: 'Few' }];
    const sized = { Type: 'AWS::Lambda::Function', Properties: { MemorySize: size, Architectures: [{ Ref: 'Chip' }] } };
    const provisioned = { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: few } };
    const metric = { Id: 'm', MetricStat: { Period: few } };

    test.each<[string, Properties, NonNullable<Template['Resources']>[string], number]>([
      [
        'AWS::Lambda::Alias',
        { FunctionName: { Ref: 'Other' }, ...provisioned },
        sized,
        2 * 0.5 * 2_628_000 * 3.3334e-6,
      ],
      [
        'AWS::Events::Rule',
        { ScheduleExpression: 'rate(1 minute)', Targets: [{ Arn: { Ref: 'Other' } }] },
        sized,
        43_800 * (2e-7 + 0.5 * 1.33334e-5),
      ],
      [
        'AWS::Kinesis::StreamConsumer',
        { StreamARN: { Ref: 'Other' } },
        { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: few } },
        21.9,
      ],
      [
        'AWS::Kinesis::StreamConsumer',
        { StreamARN: { Ref: 'Other' } },
        { Type: 'AWS::Kinesis::Stream', Properties: { StreamModeDetails: { StreamMode: { Ref: 'Mode' } } } },
        0,
      ],
      [
        'AWS::DynamoDB::Table',
        { ProvisionedThroughput: { ReadCapacityUnits: few, WriteCapacityUnits: few } },
        Greet,
        2 * 730 * 0.00078,
      ],
      ['AWS::CloudWatch::Alarm', { Metrics: [metric] }, Greet, 0.3],
    ])('%s %j', (Type, Properties, Other, usd) => {
      const [charge] = standingCharges({ Parameters, Resources: { Subject: { Type, Properties }, Other } });
      expect(charge?.monthlyUsd).toBeCloseTo(usd, 6);
    });

    test('what only a deployment decides of a list has no price: an architecture, an index', () => {
      const decided = [{ 'Fn::If': ['IsLarge', 'arm64', 'x86_64'] }];
      const alias = { FunctionName: { Ref: 'Other' }, ...provisioned };
      const Other = { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 512, Architectures: decided } };
      const Resources = { Subject: { Type: 'AWS::Lambda::Alias', Properties: alias }, Other };
      expect(() => standingCharges({ Parameters, Resources })).toThrow(/Other .* Architectures is known only once/);
      expect(() => chargeOf('AWS::DynamoDB::Table', { GlobalSecondaryIndexes: decided })).toThrow(/known only once/);
    });

    test('what none decides has no price', () => {
      const unknown = { Type: 'AWS::Lambda::Function', Properties: { MemorySize: { 'Fn::ImportValue': 'Size' } } };
      const alias = { FunctionName: { Ref: 'Other' }, ...provisioned };
      const Resources = { Subject: { Type: 'AWS::Lambda::Alias', Properties: alias }, Other: unknown };
      expect(() => standingCharges({ Parameters, Resources })).toThrow(/MemorySize is known only once/);
    });
  });

  test('a version of a function with SnapStart keeps a paid snapshot, of Java a free one', () => {
    const version = { FunctionName: { Ref: 'Other' } };
    const of = (Runtime: string) => ({
      Type: 'AWS::Lambda::Function',
      Properties: { Runtime, MemorySize: 1_024, SnapStart: { ApplyOn: 'PublishedVersions' } },
    });
    const usd = (runtime: string) => chargeOf('AWS::Lambda::Version', version, { Other: of(runtime) })?.monthlyUsd;
    expect(usd('python3.13')).toBeCloseTo(2_628_000 * 1.5046e-6, 6);
    expect(usd('java21')).toBe(0);
  });

  test('requests to a FIFO queue are dearer', () => {
    const queue = { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } };
    const polled = { EventSourceArn: { 'Fn::GetAtt': ['Other', 'Arn'] } };
    expect(chargeOf('AWS::Lambda::EventSourceMapping', polled, { Other: queue })?.monthlyUsd).toBeCloseTo(0.3285, 6);
  });

  test('a table with a stream costs no more than one without', () => {
    const table = { BillingMode: 'PAY_PER_REQUEST', StreamSpecification: { StreamViewType: 'NEW_IMAGE' } };
    expect(chargeOf('AWS::DynamoDB::Table', table)).toMatchObject({ basis: 'none', monthlyUsd: 0 });
  });

  test('adds up the capacity of a provisioned table and its indexes', () => {
    const ProvisionedThroughput = { ReadCapacityUnits: 10, WriteCapacityUnits: 5 };
    const charge = chargeOf('AWS::DynamoDB::Table', {
      ProvisionedThroughput,
      GlobalSecondaryIndexes: [{ ProvisionedThroughput }],
    });
    expect(charge?.monthlyUsd).toBeCloseTo(730 * (20 * 0.00013 + 10 * 0.00065), 6);
  });

  test('bills each metric of an alarm, and an anomaly band three times', () => {
    const metric = { MetricStat: { Period: 60 } };
    expect(
      chargeOf('AWS::CloudWatch::Alarm', { Metrics: [metric, metric, { Expression: 'm1/m2' }] })?.monthlyUsd,
    ).toBeCloseTo(0.2);
    expect(
      chargeOf('AWS::CloudWatch::Alarm', { Metrics: [metric, { Expression: 'ANOMALY_DETECTION_BAND(m1, 2)' }] })
        ?.monthlyUsd,
    ).toBeCloseTo(0.3);
  });

  test('prices provisioned concurrency by the memory of its function', () => {
    const charge = chargeOf(
      'AWS::Lambda::Alias',
      { FunctionName: { Ref: 'Greet' }, ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 4 } },
      { Greet },
    );
    expect(charge).toMatchObject({ basis: 'hourly' });
    expect(charge?.monthlyUsd).toBeCloseTo(4 * 0.5 * 3.3334e-6 * 3600 * 730, 6);
  });

  test('prices a rule with a schedule by the runs of the function it starts', () => {
    const charge = chargeOf(
      'AWS::Events::Rule',
      { ScheduleExpression: 'rate(1 hour)', State: 'ENABLED', Targets: [{ Arn: { 'Fn::GetAtt': ['Greet', 'Arn'] } }] },
      { Greet },
    );
    expect(charge).toMatchObject({ basis: 'own-calls' });
    expect(charge?.monthlyUsd).toBeCloseTo(730 * (0.2e-6 + 0.5 * 1.33334e-5), 6);
    expect(charge?.why).toBe('rate(1 hour): 730 times a month a function of 512 MB, taken to run 1000 ms');
  });

  test.each([
    'AWS::StepFunctions::StateMachine',
    'AWS::SNS::Topic',
    'AWS::SNS::Subscription',
    'AWS::SNS::TopicPolicy',
    'AWS::Scheduler::ScheduleGroup',
  ])('%s costs nothing while idle', (type) => {
    expect(chargeOf(type)).toMatchObject({ basis: 'none', monthlyUsd: 0 });
  });

  const definition = {
    StartAt: 'A',
    States: { A: { Type: 'Pass' }, B: { Type: 'Map', ItemProcessor: { States: { C: { Type: 'Pass' } } } } },
  };
  const machine = (Properties: Readonly<Record<string, unknown>>) => ({
    Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties },
  });
  const sub = { DefinitionString: { 'Fn::Sub': [JSON.stringify(definition), {}] } };
  test.each([
    ['a standard machine', machine(sub), 730 * (1e-6 + 4 * 0.025e-3)],
    ['an express machine', machine({ StateMachineType: 'EXPRESS' }), 730 * (2e-6 + 0.00625 * 1.667e-5)],
    ['a topic', { Machine: { Type: 'AWS::SNS::Topic' } }, 730 * 1.5e-6],
    ['a bus', { Machine: { Type: 'AWS::Events::EventBus' } }, 730 * 2e-6],
  ])('prices a schedule by the runs of %s', (_what, resources, expected) => {
    const schedule = { ScheduleExpression: 'rate(1 hour)', Target: { Arn: { Ref: 'Machine' } } };
    expect(chargeOf('AWS::Scheduler::Schedule', schedule, resources)?.monthlyUsd).toBeCloseTo(expected, 9);
  });

  test('a schedule that runs once costs nothing in a month', () => {
    const schedule = { ScheduleExpression: 'at(2026-01-01T00:00:00)', Target: { Arn: 'arn:aws:states:x' } };
    expect(chargeOf('AWS::Scheduler::Schedule', schedule)).toMatchObject({ basis: 'none', monthlyUsd: 0 });
  });

  test('a machine whose definition is elsewhere has no price', () => {
    const schedule = { ScheduleExpression: 'rate(1 hour)', Target: { Arn: { Ref: 'Machine' } } };
    expect(() => chargeOf('AWS::Scheduler::Schedule', schedule, machine({}))).toThrow('is not in the template');
  });

  test('a disabled schedule costs nothing', () => {
    expect(
      chargeOf('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)', State: 'DISABLED', Targets: [{}] })
        ?.monthlyUsd,
    ).toBe(0);
  });

  test('a queue is polled even when it is empty, reading a stream is free', () => {
    expect(chargeOf('AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn' })).toMatchObject({
      basis: 'own-calls',
    });
    expect(chargeOf('AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn' })?.monthlyUsd).toBeCloseTo(0.2628, 6);
    expect(chargeOf('AWS::Lambda::EventSourceMapping', { StartingPosition: 'TRIM_HORIZON' })?.monthlyUsd).toBe(0);
  });

  test("an Aurora instance costs its cluster's minimum, and nothing where the cluster may pause", () => {
    const cluster = (MinCapacity: number) => ({
      Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { ServerlessV2ScalingConfiguration: { MinCapacity } } },
    });
    const properties = { DBInstanceClass: 'db.serverless', DBClusterIdentifier: { Ref: 'Cluster' } };
    expect(chargeOf('AWS::RDS::DBInstance', properties, cluster(0.5))?.monthlyUsd).toBeCloseTo(43.8, 6);
    expect(chargeOf('AWS::RDS::DBInstance', properties, cluster(0))).toMatchObject({ monthlyUsd: 0, basis: 'none' });
  });

  test('takes the default of a stack parameter', () => {
    const template: Template = {
      Parameters: { Shards: { Default: 3 } },
      Resources: { Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: { Ref: 'Shards' } } } },
    };
    expect(standingCharges(template)[0]?.monthlyUsd).toBeCloseTo(3 * 0.015 * 730, 6);
  });

  test.each<[string, Properties, RegExp]>([
    ['AWS::EC2::Instance', {}, /^Subject \(AWS::EC2::Instance\) has no price: its type is not in the registry/],
    [
      'AWS::Kinesis::Stream',
      { ShardCount: { 'Fn::ImportValue': 'Shards' } },
      /ShardCount is known only once the stack is deployed/,
    ],
    ['AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2 }, /keeps a capacity of 2/],
    [
      'AWS::ApplicationAutoScaling::ScalableTarget',
      { MinCapacity: 0, ScheduledActions: [{ ScalableTargetAction: { MinCapacity: 5 } }] },
      /keeps a capacity of 5/,
    ],
    ['AWS::SSM::Parameter', { Tier: 'Advanced' }, /holds no advanced parameters/],
    ['AWS::RDS::DBInstance', { DBInstanceClass: 'db.r7g.large' }, /Aurora Serverless v2 only/],
    ['AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }, /gateway endpoints only/],
    [
      'AWS::Events::Rule',
      { ScheduleExpression: 'rate(1 day)', Targets: [{ Arn: 'arn:aws:states:x' }] },
      /target "arn:aws:states:x"/,
    ],
  ])('refuses %s %j by name', (type, properties, message) => {
    expect(() => chargeOf(type, properties)).toThrow(message);
  });
});

describe('idleCostPerHour', () => {
  test('adds up stacks', () => {
    const stream = stack({
      Stream: { Type: 'AWS::Kinesis::Stream', Properties: { StreamModeDetails: { StreamMode: 'ON_DEMAND' } } },
    });
    expect(idleCostPerHour([stream, stream, stack({ Greet })])).toBeCloseTo(0.08, 10);
  });

  test('of functions, tables and buckets is exactly zero', () => {
    const table = { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST' } };
    expect(idleCostPerHour([stack({ Greet, table, bucket: { Type: 'AWS::S3::Bucket' } })])).toBe(0);
  });
});
